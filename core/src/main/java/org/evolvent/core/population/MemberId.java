package org.evolvent.core.population;

/**
 * A place in the population. It lives for the whole study, whatever weights it holds.
 *
 * @param index from 0 to the population's size - 1
 */
public record MemberId(int index) implements Comparable<MemberId> {
    public MemberId {
        if (index < 0) {
            throw new IllegalArgumentException("A member's index is %s but must be at least 0".formatted(index));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberId that && index == that.index;
    }

    @Override
    public int hashCode() {
        return index;
    }

    @Override
    public int compareTo(MemberId other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return Integer.toString(index);
    }
}
