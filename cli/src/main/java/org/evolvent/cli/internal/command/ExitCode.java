package org.evolvent.cli.internal.command;

/** What the command tells the shell. */
public final class ExitCode {
    /** All is done. */
    public static final int DONE = 0;

    /** The study failed, or what was asked could not be done. */
    public static final int FAILED = 1;

    /** The command line or the study file is wrong; nothing was started. */
    public static final int USAGE = 2;

    /** The study was interrupted and can be resumed. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
