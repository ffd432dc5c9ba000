package org.evolvent.testkit.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.internal.ForwardingExecutor;

/** Checks that an attempt is in the log before it is started, and that no attempt is ever started twice, by whatever process. */
final class StartedOnce extends ForwardingExecutor {
    private final Watch watch;
    private final Set<List<Integer>> started;

    StartedOnce(Executor executor, Watch watch, Set<List<Integer>> started) {
        super(executor);
        this.watch = watch;
        this.started = started;
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
        super.start(attempt);
    }
}
