package org.evolvent.study.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.internal.ForwardingExecutor;

/** Trainers of which somebody is told when they are silent for long, such as those that hang. */
public final class HeardTrainers implements Trainers {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Trainers trainers;
    private final InstantSource clock;
    private final Consumer<String> silence;

    /**
     * Creates them.
     *
     * @param trainers what they are otherwise; closed with these
     * @param silence is told what a trainer does and for how long it has been silent, by the thread that waits for it: after ten seconds, and
     *     then every minute
     */
    public HeardTrainers(Trainers trainers, InstantSource clock, Consumer<String> silence) {
        this.trainers = trainers;
        this.clock = clock;
        this.silence = silence;
    }

    @Override
    public Executor open(TrainerSettings site) {
        return new Heard(trainers.open(site));
    }

    @Override
    public boolean holdWeights() {
        return trainers.holdWeights();
    }

    @Override
    public void close() {
        trainers.close();
    }

    private final class Heard extends ForwardingExecutor {
        private Optional<Instant> told = Optional.empty();

        Heard(Executor executor) {
            super(executor);
        }

        @Override
        public List<ExecutorEvent> await(Duration atMost) {
            List<ExecutorEvent> events = super.await(atMost);
            Instant now = clock.instant();
            if (!events.isEmpty()) {
                told = Optional.empty();
            } else if (told.map(before -> !now.isBefore(before.plus(PERIOD))).orElse(true)) {
                activities().stream()
                        .filter(activity -> !now.isBefore(activity.heard().plus(FIRST)))
                        .forEach(activity -> {
                            told = Optional.of(now);
                            silence.accept(new Doings(List.of(activity), "", now).of(activity));
                        });
            }
            return events;
        }
    }
}
