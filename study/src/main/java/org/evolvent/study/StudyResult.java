package org.evolvent.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.run.Publication;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.study.internal.run.Summary;

/**
 * What came of a study, or of its part up to a stop. Immutable.
 *
 * @param status whether it is over
 * @param best the best model whose weights could be published; empty while nobody had a score
 * @param trouble why that is not the best model there ever was, or why nobody has had a score, for people; empty when it is, and as long as
 *     no interval has ended
 * @param intervals the intervals that ended well, over all sessions
 * @param wallClock how long the study ran, over all sessions
 */
public record StudyResult(Status status, Optional<Best> best, String trouble, long intervals, Duration wallClock) {
    /** Whether a study is over. */
    public enum Status {
        /** It is over, and somebody had a score. */
        DONE,
        /** It was stopped and can be resumed. */
        INTERRUPTED,
        /** It is over, and nobody had a score. */
        FAILED
    }

    /**
     * The best model.
     *
     * @param score what it scored
     * @param metrics everything that was measured with it, in the trainer's order
     * @param member who trained it last
     * @param interval and in which of its intervals, from 0
     * @param step the training steps behind it, over its whole lineage
     * @param hyperparameters the ones that it was trained with last
     * @param schedule all that it was trained with, from the first step to the last, without gaps
     * @param checkpoint the directory that its trainer saved; of a study without a directory it goes when the run is closed
     */
    public record Best(
            double score,
            Map<String, Double> metrics,
            MemberId member,
            int interval,
            long step,
            Hyperparameters hyperparameters,
            List<Lineage.Segment> schedule,
            Path checkpoint) {
        public Best {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            schedule = List.copyOf(schedule);
        }

        private static Best of(ReadyPoint point, RunDirectory directory) {
            List<Lineage.Segment> schedule = directory.schedule(point.member(), point.interval());
            return new Best(
                    ((Score.Valid) point.score()).value(),
                    point.metrics(),
                    point.member(),
                    point.interval(),
                    point.step(),
                    schedule.isEmpty()
                            ? point.hyperparameters()
                            : schedule.get(schedule.size() - 1).hyperparameters(),
                    schedule,
                    directory.path().resolve("best").resolve("checkpoint"));
        }
    }

    static StudyResult of(RunSession.Ending ending, RunDirectory directory) {
        Summary summary = ending.summary();
        Publication publication = ending.publication();
        Status status = summary.state().end().isEmpty()
                ? Status.INTERRUPTED
                : publication.best().isPresent() ? Status.DONE : Status.FAILED;
        return new StudyResult(
                status,
                publication.published().map(point -> Best.of(point, directory)),
                publication.trouble(),
                summary.state().tally().intervals(),
                summary.wallClock());
    }
}
