package org.evolvent.core.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something for each member, or not: what strategies remember. Immutable; {@link #with} shares all but O(log n) references.
 *
 * <p>Internally a trie over the member's index, {@value #WIDTH} ways at each level (Bagwell 2001, without the compression: members are
 * numbered from 0).
 *
 * @param <T> what is remembered; immutable
 */
public final class PerMember<T> {
    private static final int BITS = 4;
    private static final int WIDTH = 1 << BITS;
    private static final PerMember<?> EMPTY = new PerMember<>(null, 0);

    /** The root; a node has {@code WIDTH} nodes below it, or values at the lowest level, and behind them the {@link Edit} that made it. */
    private final @Nullable Object @Nullable [] root;

    /** How far an index is shifted to find its place in the root. */
    private final int shift;

    private PerMember(@Nullable Object @Nullable [] root, int shift) {
        this.root = root;
        this.shift = shift;
    }

    /** Returns nothing for everybody. */
    @SuppressWarnings("unchecked")
    public static <T> PerMember<T> empty() {
        return (PerMember<T>) EMPTY;
    }

    /** Returns what is known for a member, if anything. */
    public Optional<T> get(MemberId member) {
        return Optional.ofNullable(at(member.index()));
    }

    /** Returns what is known for an index; null for nothing. */
    @SuppressWarnings("unchecked")
    @Nullable
    T at(int index) {
        if (index >>> shift >= WIDTH) {
            return null;
        }
        @Nullable Object @Nullable [] node = root;
        for (int level = shift; level > 0 && node != null; level -= BITS) {
            node = (@Nullable Object @Nullable []) node[index >>> level & WIDTH - 1];
        }
        return node == null ? null : (T) node[index & WIDTH - 1];
    }

    /** Returns this with something for a member. */
    public PerMember<T> with(MemberId member, T value) {
        return with(member, value, null);
    }

    PerMember<T> with(MemberId member, T value, @Nullable Edit edit) {
        return changed(member.index(), value, edit);
    }

    /** Returns this with nothing for a member. */
    public PerMember<T> without(MemberId member) {
        return at(member.index()) == null ? this : changed(member.index(), null, null);
    }

    private PerMember<T> changed(int index, @Nullable T value, @Nullable Edit edit) {
        @Nullable Object @Nullable [] top = root;
        int level = shift;
        while (index >>> level >= WIDTH) {
            // Another level on top; what there was is its first part.
            @Nullable Object[] above = node(edit);
            above[0] = top;
            top = above;
            level += BITS;
        }
        return new PerMember<>(changed(top, level, index, value, edit), level);
    }

    private static @Nullable Object[] changed(
            @Nullable Object @Nullable [] node, int level, int index, @Nullable Object value, @Nullable Edit edit) {
        @Nullable Object[] changed = editable(node, edit);
        int place = index >>> level & WIDTH - 1;
        changed[place] = level == 0
                ? value
                : changed((@Nullable Object @Nullable []) changed[place], level - BITS, index, value, edit);
        return changed;
    }

    private static @Nullable Object[] editable(@Nullable Object @Nullable [] node, @Nullable Edit edit) {
        if (node == null) {
            return node(edit);
        }
        if (edit != null && node[WIDTH] == edit) {
            return node;
        }
        @Nullable Object[] copy = node.clone();
        copy[WIDTH] = edit;
        return copy;
    }

    private static @Nullable Object[] node(@Nullable Edit edit) {
        @Nullable Object[] node = new Object[WIDTH + 1];
        node[WIDTH] = edit;
        return node;
    }

    /** Returns something else for each member for which there is something. */
    public <R> PerMember<R> map(Function<? super T, ? extends R> function) {
        Edit edit = new Edit();
        List<PerMember<R>> mapped = new ArrayList<>(List.of(PerMember.<R>empty()));
        forEach((member, value) -> mapped.set(0, mapped.get(0).with(member, function.apply(value), edit)));
        return mapped.get(0);
    }

    /** Calls back for every member for which there is something, by index. */
    public void forEach(BiConsumer<MemberId, ? super T> action) {
        forEach(root, shift, 0, action);
    }

    @SuppressWarnings("unchecked")
    private static <T> void forEach(
            @Nullable Object @Nullable [] node, int level, int first, BiConsumer<MemberId, ? super T> action) {
        for (int place = 0; node != null && place < WIDTH; place++) {
            int index = first + (place << level);
            if (level > 0) {
                forEach((@Nullable Object @Nullable []) node[place], level - BITS, index, action);
            } else if (node[place] != null) {
                action.accept(new MemberId(index), (T) node[place]);
            }
        }
    }
}
