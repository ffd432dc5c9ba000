package org.evolvent.views.internal.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;

/**
 * From how many ancestors the living descend, ten intervals back: an effective number, 1 / sum of squared shares, counted once for as many
 * results as there are members. Beside it what the same copies would leave if ranks were drawn by lot. Takes in a forest as it grows. Not
 * thread-safe.
 */
public final class DifferentAncestors {
    private static final int BACK = 10;

    /** Below this, for as many counts as ancestors are gone back to, without a better model meanwhile, is a warning. */
    private static final double FEW = 1.5;

    private static final int MOST_LOTS = 40;
    private static final int LEAST_LOTS = 4;
    private static final int LOTS_TIMES_MEMBERS = 1000;

    /**
     * The strip, as far as it goes.
     *
     * @param at where on the axis half of the living are, at each count
     * @param numbers the effective numbers
     * @param byLot the mean of the same if ranks were drawn by lot
     * @param isNarrow whether fewer than 1.5 have been left for ten counts, and no better model came of it
     */
    public record Strip(List<Long> at, List<Double> numbers, List<Double> byLot, boolean isNarrow) {}

    private final int population;
    private final List<Lots> lots = new ArrayList<>();
    private final List<Long> at = new ArrayList<>();
    private final List<Double> numbers = new ArrayList<>();
    private final List<Double> byLot = new ArrayList<>();
    private int[] held;
    private int seen;
    private int copies;

    /**
     * Creates the strip of a study without results.
     *
     * @param population the members, at least 1
     * @param inRounds whether all copy at once, from as many as copy, as in a synchronous study; otherwise one after the other, from anybody
     * @param seed of the lots
     */
    public DifferentAncestors(int population, boolean inRounds, long seed) {
        this.population = population;
        held = new int[population];
        Arrays.fill(held, -1);
        int repeats = Math.max(LEAST_LOTS, Math.min(MOST_LOTS, LOTS_TIMES_MEMBERS / population));
        for (int repeat = 0; repeat < repeats; repeat++) {
            lots.add(new Lots(population, inRounds, new RandomStream(Randomness.mix(seed + repeat))));
        }
    }

    /** Takes in what is new in a forest, and returns the strip. */
    public Strip after(Forest forest) {
        while (seen < forest.size()) {
            int node = seen++;
            int member = forest.member(node);
            if (member >= held.length) {
                int known = held.length;
                held = Arrays.copyOf(held, member + 1);
                Arrays.fill(held, known, held.length, -1);
            }
            if (held[member] >= 0 && forest.parent(node) != held[member]) {
                copies++;
            }
            held[member] = node;
            if (seen % population == 0) {
                count(forest);
            }
        }
        return new Strip(List.copyOf(at), List.copyOf(numbers), List.copyOf(byLot), isNarrow(forest));
    }

    private void count(Forest forest) {
        int[] ancestors = new int[held.length];
        long[] ends = new long[held.length];
        int living = 0;
        for (int node : held) {
            if (node >= 0) {
                int ancestor = node;
                for (int back = 0; back < BACK && forest.parent(ancestor) >= 0; back++) {
                    ancestor = forest.parent(ancestor);
                }
                ends[living] = forest.to(node);
                ancestors[living++] = ancestor;
            }
        }
        Arrays.sort(ends, 0, living);
        long half = ends[living / 2];
        at.add(at.isEmpty() ? half : Math.max(half, at.get(at.size() - 1)));
        numbers.add(effective(Arrays.copyOf(ancestors, living)));
        double sum = 0;
        for (Lots each : lots) {
            sum += each.after(copies);
        }
        byLot.add(sum / lots.size());
        copies = 0;
    }

    private boolean isNarrow(Forest forest) {
        int last = numbers.size() - BACK;
        return last >= 0
                && numbers.subList(last, numbers.size()).stream().allMatch(number -> number < FEW)
                && forest.best() < (last + 1) * population;
    }

    /** Returns 1 / the sum of the squared shares of equal numbers. */
    static double effective(int[] ancestors) {
        Arrays.sort(ancestors);
        double squares = 0;
        int from = 0;
        for (int i = 1; i <= ancestors.length; i++) {
            if (i == ancestors.length || ancestors[i] != ancestors[from]) {
                double share = (i - from) / (double) ancestors.length;
                squares += share * share;
                from = i;
            }
        }
        return 1 / squares;
    }

    /** A population whose ranks are drawn by lot after each interval. */
    private static final class Lots {
        private final RandomStream random;
        private final boolean inRounds;
        private final int[] order;

        /** The weights that each member holds, and those from which they came, the newest first. */
        private final int[][] lineages;

        private int trained;

        private Lots(int population, boolean inRounds, RandomStream random) {
            this.random = random;
            this.inRounds = inRounds;
            order = new int[population];
            lineages = new int[population][BACK + 1];
            for (int member = 0; member < population; member++) {
                order[member] = member;
                Arrays.fill(lineages[member], trained++);
            }
        }

        /** Lets everybody train once more, after some have copied, and returns the effective number. */
        private double after(int copies) {
            int size = order.length;
            if (inRounds) {
                int[][] before = lineages.clone();
                int[] sources = sources(copies);
                for (int member = 0; member < size; member++) {
                    train(member, before[sources[member]]);
                }
            } else {
                for (int member = 0; member < size; member++) {
                    boolean isCopy = size > 1 && random.index(size) < copies;
                    train(member, lineages[isCopy ? (member + 1 + random.index(size - 1)) % size : member]);
                }
            }
            return effective(
                    Arrays.stream(lineages).mapToInt(lineage -> lineage[BACK]).toArray());
        }

        private void train(int member, int[] from) {
            int[] lineage = new int[BACK + 1];
            lineage[0] = trained++;
            System.arraycopy(from, 0, lineage, 1, BACK);
            lineages[member] = lineage;
        }

        /** Returns whose weights each member goes on with when so many copy at once, from as many. */
        private int[] sources(int copies) {
            int size = order.length;
            int replaced = Math.min(copies, size - 1);
            int copied = Math.max(1, Math.min(copies, size - replaced));
            for (int i = 0; i < replaced + copied && i < size - 1; i++) {
                int other = i + random.index(size - i);
                int swapped = order[i];
                order[i] = order[other];
                order[other] = swapped;
            }
            int[] sources = new int[size];
            for (int member = 0; member < size; member++) {
                sources[member] = member;
            }
            for (int i = 0; i < replaced; i++) {
                sources[order[i]] = order[replaced + random.index(copied)];
            }
            return sources;
        }
    }
}
