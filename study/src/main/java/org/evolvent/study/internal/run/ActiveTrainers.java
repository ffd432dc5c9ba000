package org.evolvent.study.internal.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.internal.ForwardingExecutor;

/** Trainers that see the hyperparameters which are active, and no others; for everybody else an attempt has all. */
final class ActiveTrainers implements Trainers {
    private final Trainers trainers;
    private final SearchSpace space;

    private ActiveTrainers(Trainers trainers, SearchSpace space) {
        this.trainers = trainers;
        this.space = space;
    }

    /** Returns these trainers as they are where all parameters are always active. */
    static Trainers of(Trainers trainers, SearchSpace space) {
        return space.isConditional() ? new ActiveTrainers(trainers, space) : trainers;
    }

    @Override
    public Executor open(TrainerSettings site) {
        return new Slots(trainers.open(site), space);
    }

    @Override
    public boolean holdWeights() {
        return trainers.holdWeights();
    }

    @Override
    public void close() {
        trainers.close();
    }

    /** Takes attempts with all hyperparameters, and knows under which name the trainers' executor has them. Belongs to the driver's thread. */
    private static final class Slots extends ForwardingExecutor {
        private final SearchSpace space;
        private final Map<Attempt, Attempt> wholes = new HashMap<>();

        private Slots(Executor executor, SearchSpace space) {
            super(executor);
            this.space = space;
        }

        @Override
        public void start(Attempt attempt) {
            Attempt seen = seen(attempt);
            wholes.put(seen, attempt);
            super.start(seen);
        }

        @Override
        public void cancel(Attempt attempt) {
            super.cancel(seen(attempt));
        }

        @Override
        public void finish(Attempt attempt) {
            super.finish(seen(attempt));
        }

        @Override
        public List<ExecutorEvent> await(Duration atMost) {
            return super.await(atMost).stream().map(this::whole).toList();
        }

        private Attempt seen(Attempt attempt) {
            return attempt.with(space.active(attempt.hyperparameters()));
        }

        private ExecutorEvent whole(ExecutorEvent event) {
            Attempt seen = event.attempt();
            if (event instanceof ExecutorEvent.Started started) {
                return new ExecutorEvent.Started(whole(seen), started.slot(), started.at());
            }
            if (event instanceof ExecutorEvent.Beat beat) {
                return new ExecutorEvent.Beat(whole(seen), beat.step(), beat.metrics());
            }
            if (event instanceof ExecutorEvent.Restored restored) {
                return new ExecutorEvent.Restored(
                        whole(seen), restored.metrics(), restored.samples(), restored.replaced());
            }
            Attempt whole = Optional.ofNullable(wholes.remove(seen)).orElse(seen);
            if (event instanceof ExecutorEvent.Done done) {
                return new ExecutorEvent.Done(
                        whole, done.steps(), done.metrics(), done.samples(), done.checkpoint(), done.execution());
            }
            if (event instanceof ExecutorEvent.Suspended part) {
                return new ExecutorEvent.Suspended(
                        whole, part.steps(), part.metrics(), part.samples(), part.checkpoint(), part.execution());
            }
            if (event instanceof ExecutorEvent.Failed failed) {
                return new ExecutorEvent.Failed(whole, failed.message(), failed.cause(), failed.execution());
            }
            if (event instanceof ExecutorEvent.Lost lost) {
                return new ExecutorEvent.Lost(whole, lost.message(), lost.medium(), lost.withPlace(), lost.execution());
            }
            ExecutorEvent.Unrestorable unrestorable = (ExecutorEvent.Unrestorable) event;
            return new ExecutorEvent.Unrestorable(
                    whole, unrestorable.checkpoint(), unrestorable.message(), unrestorable.execution());
        }

        private Attempt whole(Attempt seen) {
            return wholes.getOrDefault(seen, seen);
        }
    }
}
