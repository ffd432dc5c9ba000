package org.evolvent.core.study;

/** When decisions are made. */
public enum Mode {
    /** Each member decides the moment it is ready, against the latest results of the others: nobody waits. The paper's, and the default. */
    ASYNCHRONOUS,
    /** All members decide together when the last one is ready: with a deterministic trainer the study does not depend on the slots. */
    SYNCHRONOUS
}
