package org.evolvent.study.internal.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StudyState;
import org.evolvent.core.study.Tally;
import org.evolvent.runtime.Snapshot;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;

/**
 * A log in numbers.
 *
 * @param state the fold of the log
 * @param facts its other fold
 * @param losses the losses of checkpoints, from the first to the last
 * @param best the best result with what it was trained with; in the state, an amendment may have fitted it to another space. Empty while no
 *     member has a score
 */
public record Summary(StudyState state, Facts facts, List<Event.CheckpointsLost> losses, Optional<ReadyPoint> best) {
    /** Reads the log of a run; of a long one, what came after the latest snapshot. */
    public static Summary of(StudyFile file, RunDirectory run) {
        Snapshot latest = run.snapshots().latest(file.begun(), file.definitionIn(run.events()));
        Snapshot end = Snapshot.atTheEnd(latest, run.events(), first -> {});
        List<Event.CheckpointsLost> losses = new ArrayList<>();
        run.events().readLosses(losses::add);
        Optional<ReadyPoint> best = end.state().population().best().map(point -> asTrained(point, run));
        return new Summary(end.state(), end.facts(), List.copyOf(losses), best);
    }

    private static ReadyPoint asTrained(ReadyPoint point, RunDirectory run) {
        return run.events()
                .finished(point.member(), point.interval())
                .map(interval -> point.with(interval.attempt().hyperparameters()))
                .orElse(point);
    }

    /** Returns how many members the population has; those that an amendment made leave are none. */
    public int members() {
        return state.study().population();
    }

    /** Returns what was lost, in a sentence; empty when nothing was. */
    public Optional<String> lost() {
        List<MemberId> stranded = losses.stream()
                .flatMap(loss -> loss.stranded().stream())
                .distinct()
                .sorted()
                .toList();
        return lostCheckpoints() == 0
                ? Optional.empty()
                : Optional.of("%s lost; %s"
                        .formatted(
                                lostCheckpoints() == 1 ? "1 checkpoint was" : lostCheckpoints() + " checkpoints were",
                                stranded.isEmpty()
                                        ? "no member needed it to go on"
                                        : "members that needed one and went on without: "
                                                + stranded.stream()
                                                        .map(MemberId::toString)
                                                        .collect(Collectors.joining(", "))));
    }

    private long lostCheckpoints() {
        return losses.stream()
                .flatMap(loss -> loss.checkpoints().stream())
                .distinct()
                .count();
    }

    /** Returns how long the study ran, over all its sessions. */
    public Duration wallClock() {
        return facts.elapsed();
    }

    /** Returns everything that was measured with the best score; empty while there is none. */
    public Map<String, Double> bestMetrics() {
        return best.map(ReadyPoint::metrics).orElse(Map.of());
    }

    /** Returns {@code done}, {@code interrupted} (it can be resumed), or {@code failed} (over, without any score). */
    public String status() {
        if (state.end().isEmpty()) {
            return "interrupted";
        }
        return best.isPresent() ? "done" : "failed";
    }

    /** Returns the share of the slots' time that was spent training, from 0 to 1. */
    public double efficiency(int slots) {
        double available = slots * (wallClock().toNanos() / 1e9);
        return available <= 0 ? 0 : Math.min(1, facts.training().toNanos() / 1e9 / available);
    }

    /** Returns what {@code --json} prints. */
    public Map<String, Object> json(int slots) {
        Tally tally = state.tally();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", status());
        Map<String, Object> ofBest = new LinkedHashMap<>();
        best.ifPresent(point -> {
            ofBest.putAll(json(point));
            ofBest.put("metrics", bestMetrics());
        });
        json.put("best", ofBest);
        json.put("members", members());
        json.put("intervals", tally.intervals());
        json.put("exploits", tally.exploits());
        json.put("failures", tally.failedAttempts());
        json.put("lost_attempts", tally.lostAttempts());
        json.put("lost_checkpoints", lostCheckpoints());
        json.put("wall_seconds", wallClock().toMillis() / 1e3);
        json.put("training_seconds", facts.training().toMillis() / 1e3);
        json.put("efficiency", Math.round(efficiency(slots) * 1e4) / 1e4);
        json.put("state_digest", facts.digest().value());
        return json;
    }

    /** Returns a result with a valid score as a JSON object. */
    public static Map<String, Object> json(ReadyPoint point) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("score", ((Score.Valid) point.score()).value());
        json.put("member", point.member().index());
        json.put("interval", point.interval());
        json.put("step", point.step());
        json.put("hyperparameters", point.hyperparameters().plain());
        Optional<CheckpointRef> checkpoint = point.checkpoint();
        checkpoint.ifPresent(ref -> json.put("checkpoint", ref.id().digest()));
        return json;
    }
}
