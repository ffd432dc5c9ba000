package org.evolvent.views.internal.export;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Logs to a tracking server of MLflow by its REST API: an experiment with the study's name, in it a run for this export, and nested in that
 * one for each member and one for the best. Nothing is replaced there.
 */
final class Mlflow extends Curves {
    /** MLflow takes no more at once. */
    private static final int MOST_METRICS = 1000;

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^\\w\\-. /]");

    /** A point as the server takes it; the time in milliseconds since 1970. */
    private record Metric(String key, double value, long timestamp, long step) {}

    private final MlflowServer server;
    private final String study;
    private final String name;
    private final Map<String, String> runs = new LinkedHashMap<>();
    private final Map<String, List<Metric>> pending = new LinkedHashMap<>();
    private @Nullable String experiment;
    private Instant latest = Instant.EPOCH;

    /**
     * Creates one.
     *
     * @param name of the run in which the others are nested
     */
    Mlflow(URI address, Study study, String name) {
        super(study);
        this.server = new MlflowServer(address);
        this.name = name;
        this.study = study.name();
    }

    @Override
    void point(String run, Instant at, long step, String curve, double value) {
        latest = at.isAfter(latest) ? at : latest;
        List<Metric> metrics = pending.computeIfAbsent(run, any -> new ArrayList<>());
        metrics.add(new Metric(NOT_IN_NAMES.matcher(curve).replaceAll("_"), value, at.toEpochMilli(), step));
        if (metrics.size() == MOST_METRICS) {
            log(run, metrics);
        }
    }

    @Override
    public void flush() {
        pending.forEach(this::log);
    }

    private void log(String run, List<Metric> metrics) {
        if (!metrics.isEmpty()) {
            Instant first = Instant.ofEpochMilli(metrics.get(0).timestamp());
            server.post("runs/log-batch", Map.of("run_id", run(run, first), "metrics", metrics));
            metrics.clear();
        }
    }

    private String run(String run, Instant begun) {
        if (!runs.containsKey(name)) {
            runs.put(name, created(name, begun, List.of()));
        }
        if (!runs.containsKey(run)) {
            Map<String, Object> parent = Map.of("key", "mlflow.parentRunId", "value", runs.getOrDefault(name, ""));
            runs.put(run, created(run, begun, List.of(parent)));
        }
        return runs.getOrDefault(run, "");
    }

    private String created(String run, Instant begun, List<Map<String, Object>> tags) {
        String in = experiment == null ? server.experiment(study) : experiment;
        experiment = in;
        return server.post(
                        "runs/create",
                        Map.of(
                                "experiment_id", in,
                                "run_name", run,
                                "start_time", begun.toEpochMilli(),
                                "tags", tags))
                .at("/run/info/run_id")
                .asString();
    }

    @Override
    public void finish(RunDirectory run, StudyState state) {
        super.finish(run, state);
        runs.values()
                .forEach(id -> server.post(
                        "runs/update", Map.of("run_id", id, "status", "FINISHED", "end_time", latest.toEpochMilli())));
    }
}
