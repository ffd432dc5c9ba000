package org.evolvent.testkit.internal.simulation;

/** What can go wrong, and about how often at each occasion for it. */
enum Fault {
    /** The process dies before the log takes a batch. */
    DEATH_BEFORE_APPEND(0.01),
    /** The process dies when the log has taken a batch, and before anybody learns of it. */
    DEATH_AFTER_APPEND(0.01),
    /** The process dies while a checkpoint is staged. */
    DEATH_BEFORE_COMMIT(0.006),
    /** The process dies when a checkpoint is committed and nobody knows. */
    DEATH_AFTER_COMMIT(0.006),
    /** The process dies before the log is synced. */
    DEATH_BEFORE_SYNC(0.01),
    /** The process dies between a sync and the deletions that it allows. */
    DEATH_AFTER_SYNC(0.01),
    /** The process dies when a part of the garbage is deleted. */
    DEATH_AMID_DISCARD(0.01),
    /** The process dies while it sweeps up what another has left. */
    DEATH_AMID_SWEEP(0.1),
    /** What kills the process is a loss of power. */
    POWER_LOSS(0.3),
    /** The disk is full, read-only or failing for a while. */
    DISK(0.004),
    /** An attempt is lost with its place. */
    LOSS(0.05),
    /** An attempt that ended, and perhaps was issued again, is reported once more. */
    ECHO(0.1),
    /** A slot does nothing for a long time. */
    SLOW_SLOT(0.05),
    /** The clock jumps by hours, forwards or backwards. */
    CLOCK_JUMP(0.01),
    /** A checkpoint's bytes change. */
    DAMAGE(0.01),
    /** A checkpoint is taken away. */
    REMOVAL(0.005),
    /** A snapshot is kept; it is no fault, but whoever believes it when the log has gone back makes one. */
    SNAPSHOT(0.05),
    /** Somebody stops the study in an orderly way. */
    STOP(0.005);

    private final double chance;

    Fault(double chance) {
        this.chance = chance;
    }

    double chance() {
        return chance;
    }
}
