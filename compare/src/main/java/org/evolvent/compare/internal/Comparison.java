package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evolvent.compare.internal.Arena.Stage;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.internal.statistics.Sample.Interval;
import org.evolvent.core.population.Objective.Goal;

/**
 * What studies of several strategies say. Immutable.
 *
 * @param terms on what terms the strategies met
 * @param standings one for each strategy, best inter-quartile mean first
 * @param fresh the winner again, on seeds that did not choose it; empty when there were none
 */
public record Comparison(ComparisonSettings terms, List<Standing> standings, Optional<Standing> fresh) {
    /** Of the resamples. Any would do; one that stays makes the same studies give the same table. */
    private static final long BOOTSTRAP_SEED = 1;

    /**
     * A strategy.
     *
     * @param strategy its name
     * @param outcomes its studies, in the order of their seeds
     * @param scores the scores of these
     * @param iqm their inter-quartile mean
     * @param interval the 95 % bootstrap interval of that
     */
    public record Standing(
            String strategy, List<ComparedStudy> outcomes, Sample scores, double iqm, Interval interval) {
        static Standing of(String strategy, List<ComparedStudy> outcomes) {
            Sample scores = new Sample(outcomes.stream()
                    .mapToDouble(outcome -> outcome.trace().score())
                    .toArray());
            return new Standing(
                    strategy,
                    outcomes.stream()
                            .sorted(Comparator.comparingLong(ComparedStudy::seed))
                            .toList(),
                    scores,
                    scores.interquartileMean(),
                    scores.bootstrap(Sample::interquartileMean, Sample.RESAMPLES, BOOTSTRAP_SEED));
        }

        /** Returns the mean of the steps that a study consumed. */
        public double steps() {
            return outcomes.stream()
                    .mapToLong(outcome -> outcome.trace().steps())
                    .average()
                    .orElseThrow();
        }

        /** Returns the mean of the wall-clock time of a study. */
        public double seconds() {
            return outcomes.stream()
                    .mapToDouble(outcome -> outcome.trace().seconds())
                    .average()
                    .orElseThrow();
        }

        /** Returns its seeds in words: {@code 0 to 9}. */
        public String seeds() {
            long first = outcomes.get(0).seed();
            long last = outcomes.get(outcomes.size() - 1).seed();
            return last - first == outcomes.size() - 1
                    ? first == last ? Long.toString(first) : first + " to " + last
                    : outcomes.size() + " from " + first + " to " + last;
        }
    }

    /**
     * How probable it is that a study of one strategy ends better than one of another.
     *
     * @param better the one
     * @param other the other
     * @param probability from 0 to 1; ties count half
     * @param interval the 95 % bootstrap interval of that
     */
    public record Improvement(String better, String other, double probability, Interval interval) {}

    public Comparison {
        standings = List.copyOf(standings);
    }

    /**
     * Compares.
     *
     * @param outcomes at least one; what was consumed beyond the terms does not count
     */
    static Comparison of(ComparisonSettings terms, List<ComparedStudy> outcomes) {
        Map<String, List<ComparedStudy>> choosing = new LinkedHashMap<>();
        List<ComparedStudy> reporting = new ArrayList<>();
        for (ComparedStudy outcome : outcomes) {
            ComparedStudy counted = new ComparedStudy(
                    outcome.strategy(),
                    outcome.stage(),
                    outcome.seed(),
                    outcome.trace().within(terms.allSteps()));
            if (outcome.stage() == Stage.CHOOSING) {
                choosing.computeIfAbsent(outcome.strategy(), name -> new ArrayList<>())
                        .add(counted);
            } else {
                reporting.add(counted);
            }
        }
        Comparator<Standing> ascending = Comparator.comparingDouble(Standing::iqm);
        List<Standing> standings = choosing.entrySet().stream()
                .map(entry -> Standing.of(entry.getKey(), entry.getValue()))
                .sorted(terms.goal() == Goal.MAXIMIZE ? ascending.reversed() : ascending)
                .toList();
        String winner = standings.get(0).strategy();
        Set<Long> seen =
                standings.get(0).outcomes().stream().map(ComparedStudy::seed).collect(Collectors.toSet());
        // Of an earlier comparison with fewer seeds there may be some that are fresh no more.
        List<ComparedStudy> again = reporting.stream()
                .filter(outcome -> outcome.strategy().equals(winner) && !seen.contains(outcome.seed()))
                .toList();
        return new Comparison(
                terms, standings, again.isEmpty() ? Optional.empty() : Optional.of(Standing.of(winner, again)));
    }

    /** Returns the strategy of the best inter-quartile mean. */
    public Standing winner() {
        return standings.get(0);
    }

    /** Returns whether the winner has a score. */
    public boolean hasScores() {
        return Double.isFinite(winner().iqm());
    }

    /** Returns how probable it is that the one is better than the other, on the seeds that chose the winner. */
    public Improvement improvement(Standing one, Standing other) {
        boolean more = terms.goal() == Goal.MAXIMIZE;
        Sample high = more ? one.scores() : other.scores();
        Sample low = more ? other.scores() : one.scores();
        return new Improvement(
                one.strategy(),
                other.strategy(),
                high.probabilityOfImprovement(low),
                high.bootstrapImprovement(low, Sample.RESAMPLES, BOOTSTRAP_SEED));
    }

    /** Returns how probable it is that the winner is better than each of the others, in their order. */
    public List<Improvement> improvements() {
        return standings.stream()
                .skip(1)
                .map(other -> improvement(winner(), other))
                .toList();
    }
}
