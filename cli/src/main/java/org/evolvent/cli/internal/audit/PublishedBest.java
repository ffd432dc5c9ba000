package org.evolvent.cli.internal.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.run.ScheduleJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks {@code best/}: that it is a result of the log, with the schedule and the weights that belong to it. */
final class PublishedBest {
    /** What of the file follows from the log alone. */
    private static final List<String> PARTS = List.of("begins_with", "schedule");

    private static final long MOST_BYTES = 64 << 20;

    private final Path directory;
    private final Study study;
    private final Lineage lineage = new Lineage();
    private final Optional<Claim> claim;
    private final Optional<String> unreadable;
    private Event.@Nullable IntervalFinished result;

    /** What {@code schedule.json} says of itself. */
    private record Claim(int member, int interval, double score, String checkpoint, JsonNode json) {}

    private PublishedBest(Path directory, Study study, Optional<Claim> claim, Optional<String> unreadable) {
        this.directory = directory;
        this.study = study;
        this.claim = claim;
        this.unreadable = unreadable;
    }

    /** Reads what is published in a run directory, before its log is read. */
    static PublishedBest of(Path run, Study study) {
        Path directory = run.resolve("best");
        Path file = directory.resolve("schedule.json");
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return new PublishedBest(directory, study, Optional.empty(), Optional.empty());
        }
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MOST_BYTES) {
                return unreadable(directory, study, "it is missing, no file, or too large");
            }
            JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
            return new PublishedBest(
                    directory,
                    study,
                    Optional.of(new Claim(
                            json.path("member").asInt(-1),
                            json.path("interval").asInt(-1),
                            json.path("score").asDouble(Double.NaN),
                            json.path("checkpoint").asString(""),
                            json)),
                    Optional.empty());
        } catch (IOException | JacksonException e) {
            return unreadable(directory, study, "it cannot be read: " + e.getMessage());
        }
    }

    private static PublishedBest unreadable(Path directory, Study study, String why) {
        return new PublishedBest(directory, study, Optional.empty(), Optional.of(why));
    }

    boolean isThere() {
        return claim.isPresent();
    }

    /** Takes in the next event of the log. */
    void accept(Event event) {
        lineage.add(event);
        if (event instanceof Event.IntervalFinished finished
                && claim.isPresent()
                && finished.attempt().member().index() == claim.get().member()
                && finished.attempt().interval() == claim.get().interval()) {
            result = finished;
        }
    }

    /**
     * Returns what is wrong.
     *
     * @param end the state at the end of the log, if it could be read to its end
     */
    Optional<AuditVerdict.Flaw> flaw(Optional<StudyState> end) {
        if (unreadable.isPresent()) {
            return unreadable.map(why -> flaw("best/schedule.json", why));
        }
        if (claim.isEmpty()) {
            return end.filter(state -> state.end().isPresent())
                    .flatMap(state -> state.population().best())
                    .map(best -> flaw("best", "it is missing; %s".formatted(named(best))));
        }
        return log(claim.get())
                .or(() -> schedule(claim.get()))
                .or(() -> weights(claim.get()))
                .or(() -> end.filter(state -> state.end().isPresent())
                        .flatMap(state -> state.population().best())
                        .filter(best -> best.member().index() != claim.get().member()
                                || best.interval() != claim.get().interval())
                        .map(best -> flaw(
                                "best",
                                "it is member %s's of interval %s, but %s"
                                        .formatted(
                                                claim.get().member(),
                                                claim.get().interval(),
                                                named(best)))));
    }

    private static String named(ReadyPoint best) {
        return "the best of the log is member %s's of interval %s".formatted(best.member(), best.interval());
    }

    private Optional<AuditVerdict.Flaw> log(Claim claimed) {
        Event.IntervalFinished finished = result;
        if (finished == null) {
            return Optional.of(flaw(
                    "best/schedule.json",
                    "the log has no result of member %s, interval %s".formatted(claimed.member(), claimed.interval())));
        }
        boolean isScore = finished.score() instanceof Score.Valid valid && valid.value() == claimed.score();
        if (!isScore || !finished.checkpoint().digest().equals(claimed.checkpoint())) {
            return Optional.of(flaw(
                    "best/schedule.json",
                    "it says score %s of checkpoint %s, but the log says %s of %s"
                            .formatted(
                                    claimed.score(),
                                    claimed.checkpoint(),
                                    finished.score() instanceof Score.Valid valid ? valid.value() : "none",
                                    finished.checkpoint())));
        }
        return Optional.empty();
    }

    private Optional<AuditVerdict.Flaw> schedule(Claim claimed) {
        List<Lineage.Segment> logged =
                lineage.schedule(new Lineage.Node(new MemberId(claimed.member()), claimed.interval()));
        // As text, not as points of a space: an amended study trained each segment in the space of its time.
        JsonNode told = JsonMapper.shared()
                .readTree(ScheduleJson.of(
                        study.name(),
                        study.seed(),
                        claimed.score(),
                        new CheckpointId(claimed.checkpoint()),
                        logged,
                        lineage.beginning(logged)));
        return PARTS.stream()
                        .allMatch(part -> told.path(part).equals(claimed.json().path(part)))
                ? Optional.empty()
                : Optional.of(flaw("best/schedule.json", "its schedule is not the one that the log tells"));
    }

    private Optional<AuditVerdict.Flaw> weights(Claim claimed) {
        try {
            CheckpointId is = Manifest.of(directory.resolve("checkpoint")).id();
            return is.digest().equals(claimed.checkpoint())
                    ? Optional.empty()
                    : Optional.of(flaw(
                            "best/checkpoint",
                            "its files are not those of checkpoint %s, which it was made of"
                                    .formatted(claimed.checkpoint())));
        } catch (EvolventException | UncheckedIOException e) {
            return Optional.of(flaw("best/checkpoint", String.valueOf(e.getMessage())));
        }
    }

    private static AuditVerdict.Flaw flaw(String where, String message) {
        return new AuditVerdict.Flaw(where, Optional.empty(), message);
    }
}
