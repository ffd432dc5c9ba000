package org.evolvent.compare.internal;

/** Where strategies meet: runs studies of them, several at the same time. Thread-safe. */
public interface Arena extends AutoCloseable {
    /** What a study is for. Their seeds are different, so that what was chosen for its luck has to show what it is worth. */
    enum Stage {
        /** To choose the leader. */
        CHOOSING("studies"),
        /** To say how good the leader is. */
        REPORTING("fresh");

        private final String directory;

        Stage(String directory) {
            this.directory = directory;
        }

        /** Returns the name of the directory that holds its run directories. */
        String directory() {
            return directory;
        }
    }

    /** Returns the terms on which they meet. */
    ComparisonSettings terms();

    /**
     * Runs a study to its end, or reads it where it has run before.
     *
     * @throws InterruptedStudy when {@link #stop} was called before the end
     */
    Trace run(Contender contender, Stage stage, long seed);

    /** Asks every {@link #run} to return soon. */
    void stop();

    @Override
    void close();

    /** A study was stopped before its end. */
    final class InterruptedStudy extends RuntimeException {}
}
