package org.evolvent.core.study;

/** When decisions are made. */
public enum Mode {
    /**
     * Each member decides for itself, against the latest results of the others, when a slot is about to take it: nobody waits for anybody.
     * With a slot for each member this is the paper's algorithm. The default.
     */
    ASYNCHRONOUS,
    /** All members decide together when the last one is ready: with a deterministic trainer the study does not depend on the slots. */
    SYNCHRONOUS
}
