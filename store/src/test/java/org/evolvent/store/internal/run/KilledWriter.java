package org.evolvent.store.internal.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.testkit.internal.contract.SampleEvents;

/** A process to be killed: commits checkpoints and the events that name them for ever, and prints each checkpoint when both are done. */
final class KilledWriter {
    private KilledWriter() {}

    public static void main(String[] arguments) throws Exception {
        try (RunDirectory run = RunDirectory.open(Path.of(arguments[0]))) {
            Event.IntervalFinished sample =
                    (Event.IntervalFinished) SampleEvents.interval(0).get(0);
            for (int i = (int) run.events().size(); ; i++) {
                Path staged = run.checkpoints().stage();
                // Every seventh is large, and has a file in common with the others.
                Files.writeString(staged.resolve("weights"), "weights " + i);
                Files.writeString(staged.resolve("block"), "x".repeat(i % 7 == 0 ? 100_000 : 10));
                CheckpointStore.Stored stored = run.checkpoints().commit(staged);
                run.events().append(List.of(finished(sample, i, stored.id())));
                run.checkpoints().release(stored.id());
                System.out.println(stored.id());
            }
        }
    }

    private static Event finished(Event.IntervalFinished sample, int interval, CheckpointId id) {
        Attempt attempt = new Attempt(
                new MemberId(0), interval, 0, 0, 1, sample.attempt().hyperparameters(), Optional.empty(), 0);
        return new Event.IntervalFinished(attempt, new Score.Valid(1), Map.of(), List.of(), id, 1, sample.execution());
    }
}
