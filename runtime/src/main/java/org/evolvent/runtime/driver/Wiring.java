package org.evolvent.runtime.driver;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.runtime.StudyListener;

/** Connects a driver with the ports that it needs; begun by {@link StudyDriver#of}. Not thread-safe. */
public final class Wiring {
    final Study study;
    final EventStore log;
    final CheckpointStore checkpoints;
    final org.evolvent.runtime.Executor executor;
    String definition;
    SnapshotStore snapshots = SnapshotStore.NONE;
    InstantSource clock = InstantSource.system();
    StudyListener listener = new StudyListener() {};
    Executor background = Collector::inBackground;
    Function<CheckpointStore, Event.PopulationCreated> beginning;

    Wiring(Study study, EventStore log, CheckpointStore checkpoints, org.evolvent.runtime.Executor executor) {
        this.study = study;
        this.log = log;
        this.checkpoints = checkpoints;
        this.executor = executor;
        this.definition = study.name();
        this.beginning = store -> StudyState.firstPopulation(study);
    }

    /** Sets the study's canonical text as it began, the study's name by default; the log of a study with another text is refused. */
    public Wiring definition(String text) {
        this.definition = text;
        return this;
    }

    /**
     * Sets what an empty log begins with; new members with fresh weights by default. What it commits to the store for its founders is released
     * when the log names it.
     */
    public Wiring beginning(Function<CheckpointStore, Event.PopulationCreated> population) {
        this.beginning = population;
        return this;
    }

    /** Sets what spares reading all of a long log; of the same log. There is none by default. */
    public Wiring snapshots(SnapshotStore store) {
        this.snapshots = store;
        return this;
    }

    /** Sets the clock for timestamps and the wall-clock budget; the system's by default. */
    public Wiring clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /** Sets who is told what happens; nobody by default. */
    public Wiring listener(StudyListener told) {
        this.listener = told;
        return this;
    }

    /**
     * Sets what runs that for which the driver need not wait, threads of its own by default; {@code Runnable::run} makes a study without
     * another thread.
     */
    public Wiring background(Executor threads) {
        this.background = threads;
        return this;
    }

    /** Returns the driver; nothing happens before {@link StudyDriver#run}. */
    public StudyDriver driver() {
        return new StudyDriver(this);
    }

    /** Runs a driver to its end; see {@link StudyDriver#run}. */
    public StudyState run() {
        return driver().run();
    }
}
