package org.evolvent.views.internal.tree;

import java.util.BitSet;
import org.evolvent.core.population.Member;
import org.evolvent.views.internal.history.Failure;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/** The forest of a history, as it grows. */
public final class HistoryForest implements Forest {
    /** What its axis counts. */
    public enum Along {
        /** The training steps behind the weights: a copy begins where its donor's checkpoint ended. */
        STEPS,
        /** Milliseconds that the study has run. */
        TIME
    }

    private static final double MILLIS = 1000;

    private final History history;
    private final Along along;
    private final BitSet living = new BitSet();
    private final BitSet failed = new BitSet();
    private long events = -1;
    private int best = -1;

    /** Creates it. */
    public HistoryForest(History history, Along along) {
        this.history = history;
        this.along = along;
    }

    private void follow() {
        if (events == history.events()) {
            return;
        }
        events = history.events();
        living.clear();
        for (Member member : history.state().population()) {
            int held = member.isPresent() ? history.holds(member) : -1;
            if (held >= 0) {
                living.set(held);
            }
        }
        failed.clear();
        for (Failure failure : history.failures()) {
            // What a further attempt has made good is no end.
            if (failure.parent() >= 0
                    && history.indexOf(failure.member(), failure.interval()).isEmpty()) {
                failed.set(failure.parent());
            }
        }
        best = history.best().map(Interval::index).orElse(-1);
    }

    private Interval interval(int node) {
        return history.intervals().get(node);
    }

    @Override
    public int size() {
        return history.intervals().size();
    }

    @Override
    public int parent(int node) {
        return interval(node).parent();
    }

    @Override
    public int member(int node) {
        return interval(node).member();
    }

    @Override
    public long from(int node) {
        Interval interval = interval(node);
        return along == Along.STEPS ? interval.from() : Math.round(interval.started() * MILLIS);
    }

    @Override
    public long to(int node) {
        Interval interval = interval(node);
        return along == Along.STEPS
                ? interval.to()
                : Math.max(Math.round(interval.started() * MILLIS) + 1, Math.round(interval.finished() * MILLIS));
    }

    @Override
    public boolean lives(int node) {
        follow();
        return living.get(node);
    }

    @Override
    public boolean failed(int node) {
        follow();
        return failed.get(node);
    }

    @Override
    public double score(int node) {
        return interval(node).score();
    }

    @Override
    public int best() {
        follow();
        return best;
    }
}
