package org.evolvent.core.population;

import java.util.Arrays;
import java.util.Optional;

/**
 * Something for each member, or not: what strategies remember. Immutable; {@link #with} shares all but O(sqrt n) references.
 *
 * @param <T> what is remembered; immutable
 */
public final class PerMember<T> {
    private static final int CHUNK = 64;

    private static final Object NOTHING = new Object();

    private final Object[][] chunks;

    private PerMember(Object[][] chunks) {
        this.chunks = chunks;
    }

    /** Returns nothing for everybody. */
    public static <T> PerMember<T> empty() {
        return new PerMember<>(new Object[0][]);
    }

    /** Returns what is known for a member, if anything. */
    @SuppressWarnings("unchecked")
    public Optional<T> get(MemberId member) {
        int chunk = member.index() / CHUNK;
        Object found = chunk < chunks.length ? chunks[chunk][member.index() % CHUNK] : NOTHING;
        return found.equals(NOTHING) ? Optional.empty() : Optional.of((T) found);
    }

    /** Returns this with something for a member. */
    public PerMember<T> with(MemberId member, T value) {
        return changed(member, value);
    }

    /** Returns this with nothing for a member. */
    public PerMember<T> without(MemberId member) {
        return get(member).isEmpty() ? this : changed(member, NOTHING);
    }

    private PerMember<T> changed(MemberId member, Object value) {
        int chunk = member.index() / CHUNK;
        Object[][] copied = Arrays.copyOf(chunks, StrictMath.max(chunks.length, chunk + 1));
        for (int i = chunks.length; i < copied.length; i++) {
            copied[i] = new Object[CHUNK];
            Arrays.fill(copied[i], NOTHING);
        }
        copied[chunk] = copied[chunk].clone();
        copied[chunk][member.index() % CHUNK] = value;
        return new PerMember<>(copied);
    }
}
