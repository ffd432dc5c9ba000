package org.evolvent.testkit.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/** Checks that an attempt is in the log before it is started, and that no attempt is ever started twice, by whatever process. */
record StartedOnce(Executor executor, Watch watch, Set<List<Integer>> started) implements Executor {
    @Override
    public int slots() {
        return executor.slots();
    }

    @Override
    public void start(Attempt attempt) {
        assertThat(watch.state().isCurrent(attempt))
                .as("%s is in the log", attempt)
                .isTrue();
        assertThat(watch.state().attempt(attempt.member())).isEqualTo(attempt);
        assertThat(started.add(List.of(attempt.member().index(), attempt.interval(), attempt.number())))
                .as("%s is started once", attempt)
                .isTrue();
        executor.start(attempt);
    }

    @Override
    public void cancel(Attempt attempt) {
        executor.cancel(attempt);
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        return executor.await(atMost);
    }

    @Override
    public void wakeUp() {
        executor.wakeUp();
    }

    @Override
    public void close() {
        executor.close();
    }
}
