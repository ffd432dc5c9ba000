package org.evolvent.runtime.internal;

import java.time.Duration;
import java.util.List;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/** An executor that leaves everything to another one, but for what a subclass does otherwise. */
public abstract class ForwardingExecutor implements Executor {
    private final Executor executor;

    /** Creates one; closing it closes the other one. */
    protected ForwardingExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public int slots() {
        return executor.slots();
    }

    @Override
    public int capacity() {
        return executor.capacity();
    }

    @Override
    public int free(int underWay) {
        return executor.free(underWay);
    }

    @Override
    public void start(Attempt attempt) {
        executor.start(attempt);
    }

    @Override
    public void cancel(Attempt attempt) {
        executor.cancel(attempt);
    }

    @Override
    public void finish(Attempt attempt) {
        executor.finish(attempt);
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        return executor.await(atMost);
    }

    @Override
    public List<Activity> activities() {
        return executor.activities();
    }

    @Override
    public List<String> places() {
        return executor.places();
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
