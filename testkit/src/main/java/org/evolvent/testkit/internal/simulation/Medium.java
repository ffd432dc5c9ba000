package org.evolvent.testkit.internal.simulation;

import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.SnapshotStore;

/** What outlives a process: the disk with the log and the checkpoints. Used by one thread. */
public interface Medium extends AutoCloseable {
    /** Returns the log as the present process has opened it. */
    EventStore events();

    /** Returns the checkpoints as the present process has opened them. */
    CheckpointStore checkpoints();

    /** Returns the snapshots beside the log as the present process has opened them. */
    SnapshotStore snapshots();

    /** The process dies, with whatever it had staged, and another opens what it finds. */
    void die(RandomStream random);

    /**
     * The power goes, and when it is back another process opens what it finds: a prefix of the log that reaches to the last sync at least,
     * and all checkpoints that were committed.
     */
    void losePower(RandomStream random);

    /** Changes the bytes of a committed checkpoint. */
    void damage(CheckpointId id);

    /** Takes a committed checkpoint away. */
    void remove(CheckpointId id);

    /** Returns how many things lie about that are neither a checkpoint nor belong to one: staged directories, halves, leftovers. */
    int leftovers();

    @Override
    void close();
}
