package org.evolvent.views.internal.family;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.evolvent.core.study.Mode;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.tree.DifferentAncestors;
import org.evolvent.views.internal.tree.Everyone;
import org.evolvent.views.internal.tree.FamilyTree;
import org.evolvent.views.internal.tree.HistoryForest;
import org.evolvent.views.internal.tree.HistoryForest.Along;
import org.evolvent.views.internal.tree.LivingTree;
import org.evolvent.views.internal.tree.Window;

/**
 * The family of one history, which is to be kept as long as that grows: lines move seldom only as long as they are remembered.
 */
public final class Family {
    private static final long FIRST_INTERVALS = 10;
    private static final double GROWTH = 1.6;

    private final History history;
    private final Map<Along, HistoryForest> forests = new EnumMap<>(Along.class);
    private final LivingTree tree;
    private final DifferentAncestors ancestors;
    private final Map<String, double[]> values = new HashMap<>();
    private List<Colour> colours = List.of();
    private long events = -1;

    /**
     * A tree and what its colours stand for.
     *
     * @param tree the tree
     * @param colour what the colours of its lines stand for
     * @param colours what they may stand for, the default first
     * @param along what the axis counts: {@code steps}, or {@code time} in milliseconds
     * @param end where the axis of the whole tree ends, which a running study has not reached
     * @param population the number of members
     */
    public record Shown(FamilyTree tree, Colour colour, List<Colour> colours, String along, long end, int population) {}

    /** Creates the family of a history. */
    public Family(History history) {
        this.history = history;
        for (Along along : Along.values()) {
            forests.put(along, new HistoryForest(history, along));
        }
        tree = new LivingTree(history.study().population());
        ancestors = new DifferentAncestors(
                history.study().population(),
                history.study().mode() == Mode.SYNCHRONOUS,
                history.study().seed());
    }

    /** Returns the history that it is the family of. */
    public History history() {
        return history;
    }

    /**
     * Returns the tree as it is by now.
     *
     * @param colour what its colours stand for; empty for the default
     * @param along what the axis counts
     * @param window what is looked at
     * @throws IllegalArgumentException when there is no such colour
     */
    public Shown tree(Optional<String> colour, Along along, Window window) {
        Colour chosen = colour(colour);
        double[] shades = values(chosen);
        boolean isRunning = history.state().end().isEmpty();
        FamilyTree drawn = tree.tree(forest(along), isRunning, window, node -> shades[node]);
        String word = along == Along.STEPS ? "steps" : "time";
        return new Shown(
                drawn,
                chosen,
                colours,
                word,
                end(forest(along), isRunning),
                history.study().population());
    }

    /**
     * Returns the map of everybody as it is by now.
     *
     * @param colour what its colours stand for; empty for the default
     * @throws IllegalArgumentException when there is no such colour
     */
    public Everyone map(Optional<String> colour) {
        double[] shades = values(colour(colour));
        return Everyone.of(forest(Along.STEPS), node -> shades[node]);
    }

    /** Returns from how many ancestors the living descend, as far as is known by now. */
    public DifferentAncestors.Strip ancestors() {
        return ancestors.after(forest(Along.STEPS));
    }

    /** The axis of a running study jumps when it is full, so that what there is never is a sliver, and seldom moves. */
    private long end(HistoryForest forest, boolean isRunning) {
        long reached = 0;
        long first = 0;
        for (int node = 0; node < forest.size(); node++) {
            reached = Math.max(reached, forest.to(node));
            first = node == 0 ? forest.to(node) : first;
        }
        long end = Math.max(1, first * FIRST_INTERVALS);
        while (isRunning && end < reached) {
            end = (long) Math.ceil(end * GROWTH);
        }
        return isRunning ? end : Math.max(1, reached);
    }

    private HistoryForest forest(Along along) {
        return Objects.requireNonNull(forests.get(along));
    }

    private Colour colour(Optional<String> name) {
        if (events != history.events()) {
            events = history.events();
            colours = Colour.all(history);
            values.clear();
        }
        if (name.isEmpty()) {
            return colours.get(0);
        }
        return colours.stream()
                .filter(each -> each.name().equals(name.get()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("colour is %s but must be one of %s"
                        .formatted(
                                name.get(), colours.stream().map(Colour::name).toList())));
    }

    private double[] values(Colour colour) {
        return values.computeIfAbsent(colour.name(), unused -> colour.values(history));
    }
}
