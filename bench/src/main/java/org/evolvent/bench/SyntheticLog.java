package org.evolvent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.store.internal.run.RunDirectory;

/** Writes the log of a study as if it had trained: members in turn, one checkpoint for all, decisions as they follow. */
final class SyntheticLog {
    private static final int BATCH = 1_000;

    private final RunDirectory directory;
    private final List<Event> batch = new ArrayList<>();
    private final StudyFold fold;
    private long events;

    private SyntheticLog(RunDirectory directory, Study study) {
        this.directory = directory;
        this.fold = new StudyFold(StudyState.initial(study));
    }

    /** Fills the log of a new run with so many events, or a few more. */
    static void fill(RunDirectory directory, Study study, String definition, long events) throws IOException {
        SyntheticLog log = new SyntheticLog(directory, study);
        Path staged = directory.checkpoints().stage();
        Files.write(staged.resolve("state"), new byte[NoOpFactory.CHECKPOINT_BYTES]);
        CheckpointStore.Stored weights = directory.checkpoints().commit(staged);
        Instant now = Instant.now();
        log.add(new Event.StudyCreated(definition, now));
        log.add(StudyState.firstPopulation(study));
        while (log.events < events) {
            for (int member = 0; member < study.population(); member++) {
                log.interval(new MemberId(member), weights, new Execution(0, now, now, Duration.ofMillis(1)));
            }
        }
        directory.events().append(log.batch);
        directory.checkpoints().release(weights.id());
    }

    private void interval(MemberId member, CheckpointStore.Stored weights, Execution execution) {
        Attempt attempt = fold.now().attempt(member);
        double score = attempt.hyperparameters().real("x") + attempt.interval() * 1e-9;
        add(new Event.IntervalFinished(
                attempt,
                new Score.Valid(score),
                Map.of("score", score),
                List.of(),
                weights.id(),
                weights.bytes(),
                execution));
        List<Event.Decided> atOnce = Decisions.decide(fold.now(), member);
        (atOnce.isEmpty() ? Decisions.decideLate(fold.now(), member) : atOnce).forEach(this::add);
        if (batch.size() >= BATCH) {
            directory.events().append(batch);
            batch.clear();
        }
    }

    private void add(Event event) {
        fold.add(event);
        batch.add(event);
        events++;
    }
}
