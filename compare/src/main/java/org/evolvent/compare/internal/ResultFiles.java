package org.evolvent.compare.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.evolvent.compare.internal.BestSoFar.Axis;
import org.evolvent.compare.internal.Comparison.Improvement;
import org.evolvent.compare.internal.Comparison.Standing;
import org.evolvent.runtime.EvolventException;
import tools.jackson.databind.json.JsonMapper;

/** A comparison for programs: JSON and CSV. */
public final class ResultFiles {
    private ResultFiles() {}

    /**
     * Writes {@code results.csv} (a row for each study), {@code curves.csv} (what the picture draws), {@code comparison.json} (both, with what
     * follows from them) and {@code compare.svg}, over older ones.
     *
     * @return the picture
     */
    public static Path write(Comparison comparison, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("results.csv"), results(comparison), StandardCharsets.UTF_8);
            Files.writeString(directory.resolve("curves.csv"), curves(comparison), StandardCharsets.UTF_8);
            Map<String, Object> whole = json(comparison);
            whole.put("curves", curvesAsJson(comparison));
            Files.write(
                    directory.resolve("comparison.json"), JsonMapper.shared().writeValueAsBytes(whole));
            Path picture = directory.resolve("compare.svg");
            Files.writeString(picture, new Picture(comparison).svg(), StandardCharsets.UTF_8);
            return picture;
        } catch (IOException e) {
            throw new EvolventException(
                    "The results cannot be written to %s: %s\nMaybe choose another directory with --dir."
                            .formatted(directory, e),
                    e);
        }
    }

    private static String results(Comparison comparison) {
        StringBuilder csv = new StringBuilder("strategy,seeds,seed,score,chosen,steps,seconds,intervals,exploits\n");
        Stream.concat(comparison.standings().stream(), comparison.fresh().stream())
                .flatMap(standing -> standing.outcomes().stream())
                .forEach(outcome -> csv.append(row(
                        quoted(outcome.strategy()),
                        outcome.stage().name().toLowerCase(Locale.ROOT),
                        outcome.seed(),
                        outcome.trace().score(),
                        outcome.trace().chosen(),
                        outcome.trace().steps(),
                        outcome.trace().seconds(),
                        outcome.trace().selection().intervals(),
                        outcome.trace().selection().exploits())));
        return csv.toString();
    }

    private static String curves(Comparison comparison) {
        StringBuilder csv = new StringBuilder("strategy,axis,at,iqm,low,high\n");
        for (Axis axis : Axis.values()) {
            for (Standing standing : comparison.standings()) {
                for (BestSoFar.Moment moment : BestSoFar.of(standing, axis)) {
                    csv.append(row(
                            quoted(standing.strategy()),
                            axis.name().toLowerCase(Locale.ROOT),
                            moment.at(),
                            moment.iqm(),
                            moment.interval().low(),
                            moment.interval().high()));
                }
            }
        }
        return csv.toString();
    }

    private static Map<String, Object> curvesAsJson(Comparison comparison) {
        Map<String, Object> axes = new LinkedHashMap<>();
        for (Axis axis : Axis.values()) {
            Map<String, Object> curves = new LinkedHashMap<>();
            for (Standing standing : comparison.standings()) {
                List<Object> moments = new ArrayList<>();
                for (BestSoFar.Moment moment : BestSoFar.of(standing, axis)) {
                    moments.add(List.of(
                            moment.at(),
                            moment.iqm(),
                            moment.interval().low(),
                            moment.interval().high()));
                }
                curves.put(standing.strategy(), moments);
            }
            axes.put(axis.name().toLowerCase(Locale.ROOT), curves);
        }
        return axes;
    }

    private static String row(Object... cells) {
        List<String> texts = new ArrayList<>();
        for (Object cell : cells) {
            texts.add(cell.toString());
        }
        return String.join(",", texts) + "\n";
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_.-]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /** Returns what {@code --json} prints. */
    public static Map<String, Object> json(Comparison comparison) {
        ComparisonSettings terms = comparison.terms();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("study", terms.name());
        json.put("metric", terms.metric());
        json.put("goal", terms.goal().name().toLowerCase(Locale.ROOT));
        json.put("evaluation", terms.evaluation().name().toLowerCase(Locale.ROOT));
        Map<String, Object> compute = new LinkedHashMap<>();
        compute.put("steps", terms.allSteps());
        compute.put("members", terms.members());
        compute.put("steps_of_member", terms.memberSteps());
        compute.put("interval_steps", terms.intervalSteps());
        json.put("compute", compute);
        json.put(
                "strategies",
                comparison.standings().stream().map(ResultFiles::json).toList());
        List<Object> improvements = new ArrayList<>();
        for (Standing one : comparison.standings()) {
            for (Standing other : comparison.standings()) {
                if (!one.equals(other)) {
                    improvements.add(json(comparison.improvement(one, other)));
                }
            }
        }
        json.put("improvements", improvements);
        json.put("notes", terms.notes());
        ResultTable.warning(comparison).ifPresent(warning -> json.put("warning", warning));
        json.put("leader", comparison.leader().strategy());
        List<Standing> undecided = comparison.undecided();
        json.put("undecided", undecided.stream().map(Standing::strategy).toList());
        if (undecided.isEmpty() && comparison.hasScores()) {
            json.put("winner", comparison.leader().strategy());
        }
        comparison.fresh().ifPresent(fresh -> json.put("fresh", json(fresh)));
        return json;
    }

    private static Map<String, Object> json(Standing standing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("strategy", standing.strategy());
        json.put("iqm", number(standing.iqm()));
        json.put("low", number(standing.interval().low()));
        json.put("high", number(standing.interval().high()));
        json.put("mean", number(standing.scores().mean()));
        json.put("chosen_iqm", number(standing.chosen()));
        json.put("standard_error", standing.error());
        json.put("exploits_per_interval", standing.exploitsPerInterval());
        standing.exploitsAtBarrier().ifPresent(wanted -> json.put("exploits_at_barrier", wanted));
        json.put("steps", standing.steps());
        json.put("cut", standing.cut());
        json.put("seconds", standing.seconds());
        Map<String, Object> scores = new LinkedHashMap<>();
        standing.outcomes()
                .forEach(outcome -> scores.put(
                        Long.toString(outcome.seed()), number(outcome.trace().score())));
        json.put("scores", scores);
        return json;
    }

    private static Map<String, Object> json(Improvement improvement) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("better", improvement.better());
        json.put("than", improvement.other());
        json.put("probability", improvement.probability());
        json.put("low", improvement.interval().low());
        json.put("high", improvement.interval().high());
        json.put("difference", improvement.isDifference());
        return json;
    }

    /** JSON has no infinity; a study without any score is a text. */
    private static Object number(double number) {
        return Double.isFinite(number) ? (Object) number : "no score";
    }
}
