package org.evolvent.views.internal.export;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.StudyState;
import org.evolvent.views.internal.view.PopulationView;
import org.jspecify.annotations.Nullable;

/** What happened, as rows with the columns of the SQL views. Null where there is nothing. */
final class Rows {
    private Rows() {}

    static Map<String, @Nullable Object> finished(long event, Event.IntervalFinished finished) {
        Attempt attempt = finished.attempt();
        Map<String, @Nullable Object> row = begun(attempt);
        row.put("step_to", attempt.stepTo());
        row.put("score", value(finished.score()));
        row.put("metrics", finished.metrics());
        String invalid = finished.score() instanceof Score.Invalid score ? score.reason() : null;
        ended(
                row,
                attempt,
                finished.execution(),
                finished.checkpoint().digest(),
                invalid == null ? "finished" : "invalid",
                invalid,
                event);
        return row;
    }

    static Map<String, @Nullable Object> suspended(long event, Event.IntervalSuspended suspended) {
        Map<String, @Nullable Object> row = begun(suspended.attempt());
        row.put("step_to", suspended.attempt().stepTo());
        row.put("score", null);
        row.put("metrics", suspended.metrics());
        String checkpoint = suspended.checkpoint().digest();
        ended(row, suspended.attempt(), suspended.execution(), checkpoint, "suspended", null, event);
        return row;
    }

    static Map<String, @Nullable Object> failed(long event, Event.AttemptFailed failed) {
        Map<String, @Nullable Object> row = begun(failed.attempt());
        row.put("step_to", null);
        row.put("score", null);
        row.put("metrics", Map.of());
        String status = failed.fault().isTrainers() ? "failed" : "lost";
        ended(row, failed.attempt(), failed.execution(), null, status, failed.message(), event);
        return row;
    }

    private static Map<String, @Nullable Object> begun(Attempt attempt) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("member", attempt.member().index());
        row.put("interval", attempt.interval());
        row.put("attempt", attempt.number());
        row.put("step_from", attempt.stepFrom());
        return row;
    }

    private static void ended(
            Map<String, @Nullable Object> row,
            Attempt attempt,
            Execution execution,
            @Nullable String checkpoint,
            String status,
            @Nullable String message,
            long event) {
        row.put("hyperparameters", attempt.hyperparameters().plain());
        row.put("parent", attempt.parent().map(ref -> ref.id().digest()).orElse(null));
        row.put("checkpoint", checkpoint);
        row.put("slot", execution.slot());
        row.put("started_at", execution.startedAt().toString());
        row.put("finished_at", execution.finishedAt().toString());
        row.put("status", status);
        row.put("message", message);
        row.put("training_seconds", execution.training().toNanos() / 1e9);
        row.put("seq", event);
        row.put("place", execution.place().orElse(null));
    }

    private static @Nullable Double value(Score score) {
        return score instanceof Score.Valid valid ? (Double) valid.value() : null;
    }

    static Map<String, @Nullable Object> lineage(Event.IntervalFinished finished) {
        Optional<CheckpointRef> parent = finished.attempt().parent();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("member", finished.attempt().member().index());
        row.put("interval", finished.attempt().interval());
        row.put("parent_member", parent.map(ref -> ref.member().index()).orElse(null));
        row.put("parent_interval", parent.map(CheckpointRef::interval).orElse(null));
        return row;
    }

    static Map<String, @Nullable Object> decision(long event, Event.Decided decided, Optional<Instant> at) {
        Decision decision = decided.decision();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("seq", event);
        row.put("member", decided.member().index());
        row.put("interval", decided.interval());
        if (decision instanceof Decision.Exploit exploit) {
            decided(row, "exploit", exploit.donor().index(), exploit.donorInterval(), decision);
            changed(row, exploit.before(), exploit.after());
        } else if (decision instanceof Decision.Explore explore) {
            decided(row, "explore", null, null, decision);
            changed(row, explore.before(), explore.after());
        } else {
            decided(row, decision instanceof Decision.Stop ? "stop" : "continue", null, null, decision);
            row.put("before", Map.of());
            row.put("after", Map.of());
        }
        row.put("at", at.map(Instant::toString).orElse(null));
        return row;
    }

    private static void decided(
            Map<String, @Nullable Object> row,
            String kind,
            @Nullable Integer donor,
            @Nullable Integer donorInterval,
            Decision decision) {
        row.put("kind", kind);
        row.put("donor", donor);
        row.put("donor_interval", donorInterval);
        row.put("reason", decision.reason());
        row.put("evidence", decision.evidence().facts());
    }

    private static void changed(Map<String, @Nullable Object> row, Hyperparameters before, Hyperparameters after) {
        row.put("before", before.plain());
        row.put("after", after.plain());
    }

    static Map<String, @Nullable Object> member(StudyState state, Member member, boolean isDriven) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        Optional<ReadyPoint> last = member.last();
        row.put("member", member.id().index());
        row.put(
                "rank",
                last.map(point -> state.population().ranking().rankOf(point) + 1)
                        .orElse(null));
        row.put("interval", member.interval());
        row.put("step", member.stepFrom());
        row.put("score", last.map(point -> value(point.score())).orElse(null));
        row.put("status", PopulationView.status(state, member, isDriven));
        row.put("hyperparameters", member.hyperparameters().plain());
        row.put("checkpoint", member.parent().map(ref -> ref.id().digest()).orElse(null));
        return row;
    }
}
