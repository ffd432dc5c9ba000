package org.evolvent.views.internal.export;

import java.net.URI;
import java.nio.file.Path;
import org.evolvent.core.study.Study;

/** The exports that there are. */
public final class Exports {
    private Exports() {}

    /** Returns tables as CSV, below a directory that is made: members, intervals, decisions and lineage. */
    public static Export csv(Path directory) {
        return new Csv(directory);
    }

    /** Returns the same tables as JSON Lines; all but the members' grow while the study runs. */
    public static Export jsonLines(Path directory) {
        return new JsonLines(directory);
    }

    /** Returns curves for TensorBoard, which grow while the study runs; that of the best model comes last. */
    public static Export tensorBoard(Path directory, Study study) {
        return new TensorBoard(directory, study);
    }

    /**
     * Returns the same curves for MLflow.
     *
     * @param address of a tracking server, {@code http://127.0.0.1:5000} say
     * @param name of the run there in which those of the members are nested
     */
    public static Export mlflow(URI address, Study study, String name) {
        return new Mlflow(address, study, name);
    }
}
