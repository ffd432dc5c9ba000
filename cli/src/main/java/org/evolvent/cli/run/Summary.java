package org.evolvent.cli.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EventStore;

/**
 * A log in numbers.
 *
 * @param state the fold of the log
 * @param wallClock how long the study ran, over all its sessions
 * @param training the time that slots spent training, all slots together
 * @param bestMetrics everything that was measured with the best score; empty while there is none
 * @param stateDigest names all that was decided and reached, see {@link StateDigest}
 */
public record Summary(
        StudyState state, Duration wallClock, Duration training, Map<String, Double> bestMetrics, String stateDigest) {
    /** Reads a whole log. */
    public static Summary of(Study study, EventStore events) {
        Reader reader = new Reader(study);
        events.read(reader);
        return new Summary(reader.state, reader.elapsed(), reader.training, reader.bestMetrics, reader.digest.value());
    }

    /** Returns {@code done}, {@code interrupted} (it can be resumed), or {@code failed} (over, without any score). */
    public String status() {
        if (state.end().isEmpty()) {
            return "interrupted";
        }
        return state.population().best().isPresent() ? "done" : "failed";
    }

    /** Returns the share of the slots' time that was spent training, from 0 to 1. */
    public double efficiency(int slots) {
        double available = slots * (wallClock.toNanos() / 1e9);
        return available <= 0 ? 0 : Math.min(1, training.toNanos() / 1e9 / available);
    }

    /** Returns what {@code --json} prints. */
    public Map<String, Object> json(int slots) {
        StudyState.Tally tally = state.tally();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", status());
        Map<String, Object> best = new LinkedHashMap<>();
        state.population().best().ifPresent(point -> {
            best.putAll(json(point));
            best.put("metrics", bestMetrics);
        });
        json.put("best", best);
        json.put("members", state.population().size());
        json.put("intervals", tally.intervals());
        json.put("exploits", tally.exploits());
        json.put("failures", tally.failedAttempts());
        json.put("wall_seconds", wallClock.toMillis() / 1e3);
        json.put("training_seconds", training.toMillis() / 1e3);
        json.put("efficiency", Math.round(efficiency(slots) * 1e4) / 1e4);
        json.put("state_digest", stateDigest);
        return json;
    }

    private static Map<String, Object> json(ReadyPoint point) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("score", ((Score.Valid) point.score()).value());
        json.put("member", point.member().index());
        json.put("interval", point.interval());
        json.put("step", point.step());
        json.put("hyperparameters", json(point.hyperparameters()));
        Optional<CheckpointRef> checkpoint = point.checkpoint();
        checkpoint.ifPresent(ref -> json.put("checkpoint", ref.id().digest()));
        return json;
    }

    /** Returns hyperparameters as a JSON object. */
    public static Map<String, Object> json(Hyperparameters hyperparameters) {
        Map<String, Object> json = new LinkedHashMap<>();
        hyperparameters.values().forEach((name, value) -> json.put(name, value.plain()));
        return json;
    }

    /** One reading of the log. */
    private static final class Reader implements Consumer<Event> {
        private final StateDigest digest = new StateDigest();
        private StudyState state;
        private Duration training = Duration.ZERO;
        private Map<String, Double> bestMetrics = Map.of();
        private Duration before = Duration.ZERO;
        private Instant begun = Instant.EPOCH;
        private Instant latest = Instant.EPOCH;

        private Reader(Study study) {
            this.state = StudyState.initial(study);
        }

        @Override
        public void accept(Event event) {
            StudyState after = state.after(event);
            if (event instanceof Event.IntervalFinished finished
                    && !after.population().best().equals(state.population().best())) {
                bestMetrics = finished.metrics();
            }
            state = after;
            digest.add(event);
            if (event instanceof Event.StudyCreated created) {
                begin(created.at());
            } else if (event instanceof Event.StudyResumed resumed) {
                begin(resumed.at());
            } else if (event instanceof Event.IntervalFinished finished) {
                trained(finished.execution().training(), finished.execution().finishedAt());
            } else if (event instanceof Event.AttemptFailed failed) {
                trained(failed.execution().training(), failed.execution().finishedAt());
            } else if (event instanceof Event.StudyEnded ended) {
                latest = ended.at();
            }
        }

        private void begin(Instant at) {
            before = elapsed();
            begun = at;
            latest = at;
        }

        private void trained(Duration time, Instant until) {
            training = training.plus(time);
            latest = until.isAfter(latest) ? until : latest;
        }

        private Duration elapsed() {
            return latest.isAfter(begun) ? before.plus(Duration.between(begun, latest)) : before;
        }
    }
}
