package org.evolvent.ui.internal.server;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.evolvent.ui.internal.run.Measures;
import org.evolvent.ui.internal.run.ShownRun;
import org.evolvent.ui.internal.run.ShownRuns;

/** What monitoring asks for, in the text format of Prometheus. */
final class Metrics {
    private record Family(String name, String type, String help, ToDoubleFunction<Measures> value) {}

    private static final List<Family> FAMILIES = List.of(
            new Family("evolvent_progress_ratio", "gauge", "Training steps done, of the budget", Measures::progress),
            new Family("evolvent_running", "gauge", "1 while somebody drives the run", Measures::running),
            new Family("evolvent_best_score", "gauge", "The score of the best model", Measures::best),
            new Family("evolvent_members", "gauge", "Members of the population", Measures::members),
            new Family("evolvent_members_training", "gauge", "Members in training", Measures::training),
            new Family("evolvent_slots", "gauge", "Attempts that can run at the same time", Measures::slots),
            new Family("evolvent_intervals_total", "counter", "Intervals that gave a result", Measures::intervals),
            new Family("evolvent_steps_total", "counter", "Training steps of all members", Measures::steps),
            new Family("evolvent_copies_total", "counter", "Members that copied another", Measures::copies),
            new Family("evolvent_failed_attempts_total", "counter", "Attempts that failed", Measures::failures),
            new Family("evolvent_training_seconds_total", "counter", "Seconds that slots trained", Measures::seconds));

    private record Measured(ShownRun run, Measures measures) {}

    private Metrics() {}

    static String of(ShownRuns runs) {
        List<Measured> all = runs.all().stream()
                .flatMap(run -> run.measures().map(measures -> new Measured(run, measures)).stream())
                .toList();
        StringBuilder text = new StringBuilder();
        for (Family family : FAMILIES) {
            text.append("# HELP %s %s\n# TYPE %s %s\n"
                    .formatted(family.name(), family.help(), family.name(), family.type()));
            for (Measured one : all) {
                text.append("%s{run=\"%s\",study=\"%s\"} %s\n"
                        .formatted(
                                family.name(),
                                escaped(one.run().id()),
                                escaped(one.run().line().study()),
                                family.value().applyAsDouble(one.measures())));
            }
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
