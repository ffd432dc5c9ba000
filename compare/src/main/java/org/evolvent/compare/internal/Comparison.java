package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
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
 * @param fresh the leader again, on seeds that did not choose it; empty when there were none
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

        /** Returns the inter-quartile mean of the scores that chose the models, the same as {@code iqm} where nothing is evaluated again. */
        public double chosen() {
            return new Sample(outcomes.stream()
                            .mapToDouble(outcome -> outcome.trace().chosen())
                            .toArray())
                    .interquartileMean();
        }

        /** Returns the mean of the standard errors of these scores; 0 where nobody knows. */
        public double error() {
            return mean(Trace::error);
        }

        /** Returns the mean of the steps that a study spent. */
        public double steps() {
            return mean(Trace::steps);
        }

        /** Returns the mean of the wall-clock time of a study. */
        public double seconds() {
            return mean(Trace::seconds);
        }

        /** Returns how many studies went on beyond what counts. */
        public long cut() {
            return outcomes.stream().filter(outcome -> outcome.trace().isCut()).count();
        }

        /** Returns the exploits per interval that ended. */
        public double exploitsPerInterval() {
            return mean(trace -> trace.selection().intervals() == 0
                    ? 0
                    : (double) trace.selection().exploits() / trace.selection().intervals());
        }

        /** Returns how many the strategy would have made of the same results at a barrier; empty where that cannot be told of each study. */
        public Optional<Double> exploitsAtBarrier() {
            return outcomes.stream()
                            .allMatch(outcome ->
                                    outcome.trace().selection().atBarrier().isPresent())
                    ? Optional.of(mean(trace -> trace.selection().atBarrier().orElseThrow()))
                    : Optional.empty();
        }

        private double mean(ToDoubleFunction<Trace> number) {
            return outcomes.stream()
                    .mapToDouble(outcome -> number.applyAsDouble(outcome.trace()))
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
     * @param isDifference whether there is a difference between the two: the interval does not contain 0.5, and there are so many studies
     *     that chance alone would seldom, in one case of 20, tell as many strategies of equals apart
     */
    public record Improvement(
            String better, String other, double probability, Interval interval, boolean isDifference) {}

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
        String leader = standings.get(0).strategy();
        Set<Long> seen =
                standings.get(0).outcomes().stream().map(ComparedStudy::seed).collect(Collectors.toSet());
        // Of an earlier comparison with fewer seeds there may be some that are fresh no more.
        List<ComparedStudy> again = reporting.stream()
                .filter(outcome -> outcome.strategy().equals(leader) && !seen.contains(outcome.seed()))
                .toList();
        return new Comparison(
                terms, standings, again.isEmpty() ? Optional.empty() : Optional.of(Standing.of(leader, again)));
    }

    /** Returns the strategy of the best inter-quartile mean, whether it is better than others or not. */
    public Standing leader() {
        return standings.get(0);
    }

    /** Returns the strategies between which and the leader there is no difference; when there are none, the leader is the best. */
    public List<Standing> undecided() {
        return standings.stream()
                .skip(1)
                .filter(other -> !improvement(leader(), other).isDifference())
                .toList();
    }

    /** Returns the mean of the standard errors of the scores that chose the models, by their samples; 0 where nobody knows. */
    public double error() {
        return standings.stream().mapToDouble(Standing::error).average().orElseThrow();
    }

    /** Returns whether the leader has a score. */
    public boolean hasScores() {
        return Double.isFinite(leader().iqm());
    }

    /** Returns how probable it is that the one is better than the other, on the seeds that chose the leader. */
    public Improvement improvement(Standing one, Standing other) {
        boolean more = terms.goal() == Goal.MAXIMIZE;
        Sample high = more ? one.scores() : other.scores();
        Sample low = more ? other.scores() : one.scores();
        Interval interval = high.bootstrapImprovement(low, Sample.RESAMPLES, BOOTSTRAP_SEED);
        boolean isApart = interval.low() > 0.5 || interval.high() < 0.5;
        return new Improvement(
                one.strategy(),
                other.strategy(),
                high.probabilityOfImprovement(low),
                interval,
                isApart && isEnough(one.outcomes().size(), other.outcomes().size()));
    }

    /**
     * Returns whether so many studies of two strategies can tell these apart: of two equal ones, all scores of the one would be above all
     * of the other, or below, in one case of 20 at most. Resampling cannot tell, since it never leaves what it was given.
     */
    static boolean isEnough(int some, int others) {
        double orders = 1;
        for (int i = 1; i <= some; i++) {
            orders *= (double) (others + i) / i;
        }
        return 2 / orders <= 0.05;
    }

    /** Returns how probable it is that the leader is better than each of the others, in their order. */
    public List<Improvement> improvements() {
        return standings.stream()
                .skip(1)
                .map(other -> improvement(leader(), other))
                .toList();
    }
}
