package org.evolvent.views.internal.export;

import java.time.Instant;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;

/**
 * A study as runs of a tool that draws curves: one for each member, {@code member-00} and so on, and one for the ancestry of the best model,
 * {@code best}, over the training steps behind the weights. A hyperparameter has its value at the start and at the end of each interval, so
 * that its curve is made of steps.
 */
abstract class Curves implements Export {
    private static final String BEST = "best";

    private final Study study;
    private final String member;

    Curves(Study study) {
        this.study = study;
        // So that they sort by their numbers.
        this.member = "member-%0"
                + Math.max(2, Integer.toString(study.population() - 1).length()) + "d";
    }

    /**
     * Takes in a point of a curve.
     *
     * @param run the name of the run
     * @param at when it was measured
     * @param step the training steps behind the weights
     * @param curve {@code metrics/NAME} or {@code hyperparameters/NAME}
     * @param value may be NaN or infinite
     */
    abstract void point(String run, Instant at, long step, String curve, double value);

    @Override
    public void add(Event event) {
        if (event instanceof Event.IntervalFinished finished) {
            add(member.formatted(finished.attempt().member().index()), finished);
        }
    }

    private void add(String run, Event.IntervalFinished finished) {
        Instant start = finished.execution().startedAt();
        Instant end = finished.execution().finishedAt();
        long from = finished.attempt().stepFrom();
        long to = finished.attempt().stepTo();
        Scalars.of(study.space(), finished.attempt().hyperparameters()).forEach((name, value) -> {
            point(run, start, from, "hyperparameters/" + name, value);
            point(run, end, to, "hyperparameters/" + name, value);
        });
        finished.metrics().forEach((name, value) -> point(run, end, to, "metrics/" + name, value));
    }

    @Override
    public void finish(RunDirectory run, StudyState state) {
        state.population().best().flatMap(ReadyPoint::checkpoint).ifPresent(best -> {
            for (Lineage.Segment segment : run.schedule(best.member(), best.interval())) {
                run.events().finished(segment.member(), segment.interval()).ifPresent(finished -> add(BEST, finished));
            }
        });
        flush();
    }
}
