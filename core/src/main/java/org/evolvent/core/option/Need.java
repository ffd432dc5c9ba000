package org.evolvent.core.option;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an operator needs of a study: with less it would do nothing, in silence.
 *
 * @param members the least population
 * @param intervals the least number of intervals that a member trains
 * @param option the option that asks for so much; empty when none does
 * @param otherwise what would happen with less, as a part of a sentence
 */
public record Need(int members, long intervals, String option, String otherwise) {
    /** Returns the needs of both. */
    public static List<Need> both(List<Need> one, List<Need> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** Returns whether a study has what is needed. */
    public boolean isMet(int population, long intervalsOfEach) {
        return population >= members && intervalsOfEach >= intervals;
    }

    /** Says what is missing in a study that does not have what is needed. */
    public String missing(int population, long intervalsOfEach) {
        String what = population < members
                ? "a population of at least %s, but it is %s".formatted(members, population)
                : "at least %s intervals of each member, but there are %s".formatted(intervals, intervalsOfEach);
        return "needs %s: %s".formatted(what, otherwise);
    }
}
