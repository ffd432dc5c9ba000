package org.evolvent.cli.internal.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.internal.statistics.Sample;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.study.internal.text.Format;

/**
 * What came of replays, for people and programs. Immutable.
 *
 * @param original whose schedule it is, in words
 * @param originalScore what that model scored; empty when it had no valid score
 * @param all one for each seed, at least one
 * @param place where they are
 */
record Replays(String original, Optional<Double> originalScore, List<Replayed> all, Path place) {
    Replays {
        all = List.copyOf(all);
    }

    /** Returns the valid scores. */
    List<Double> scores() {
        List<Double> scores = new ArrayList<>();
        for (Replayed each : all) {
            if (each.score() instanceof Score.Valid valid) {
                scores.add(valid.value());
            }
        }
        return scores;
    }

    private Sample sample() {
        return new Sample(scores().stream().mapToDouble(score -> score).toArray());
    }

    /** Returns the lines for people. */
    List<String> lines(Objective objective) {
        List<String> lines = new ArrayList<>();
        String had = originalScore.map(Format::number).orElse("no valid score");
        for (Replayed each : all) {
            each.metrics().forEach((name, value) -> lines.add("  " + name + " " + Format.number(value)));
            lines.add("Replayed %s with seed %s: %s %s; the original had %s"
                    .formatted(original, each.seed(), objective.metric(), Format.score(each.score()), had));
        }
        List<Double> scores = scores();
        if (scores.size() < all.size()) {
            lines.add("%s of %s had no valid score".formatted(all.size() - scores.size(), all.size()));
        }
        if (scores.size() > 1) {
            Sample.Interval interval = sample().studentMean();
            lines.add("Mean of %s seeds: %s %s, 95 %% interval %s to %s; %s"
                    .formatted(
                            scores.size(),
                            objective.metric(),
                            Format.number(sample().mean()),
                            Format.number(interval.low()),
                            Format.number(interval.high()),
                            originalScore
                                    .map(score -> verdict(objective, score, interval))
                                    .orElse("the original had no valid score")));
        }
        lines.add("Kept: %s".formatted(place));
        return lines;
    }

    private static String verdict(Objective objective, double score, Sample.Interval interval) {
        String had = "the original had " + Format.number(score);
        double luck = objective.fitness(score)
                - Math.max(objective.fitness(interval.low()), objective.fitness(interval.high()));
        if (luck > 0) {
            return had + ", better than its schedule is on average: part of it was luck";
        }
        boolean isWithin = score >= interval.low() && score <= interval.high();
        return had
                + (isWithin ? ", no more and no less than its schedule is worth" : ", less than its schedule is worth");
    }

    /** Returns the line for programs. */
    Map<String, Object> json() {
        Map<String, Object> line = new LinkedHashMap<>();
        if (all.size() == 1) {
            line.put("metrics", all.get(0).metrics());
            line.put("seed", all.get(0).seed());
        }
        originalScore.ifPresent(score -> line.put("original_score", score));
        List<Double> scores = scores();
        if (!scores.isEmpty()) {
            line.put("score", sample().mean());
        }
        if (scores.size() > 1) {
            Sample.Interval interval = sample().studentMean();
            line.put("low", interval.low());
            line.put("high", interval.high());
        }
        if (all.size() > 1) {
            line.put("replays", all.stream().map(Replays::json).toList());
        }
        line.put("directory", place.toString());
        return line;
    }

    private static Map<String, Object> json(Replayed replayed) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("seed", replayed.seed());
        if (replayed.score() instanceof Score.Valid valid) {
            line.put("score", valid.value());
        }
        line.put("metrics", replayed.metrics());
        return line;
    }
}
