package org.evolvent.views.internal.export;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.evolvent.core.study.Study;

/** Writes a directory for each run, which is all that TensorBoard needs. */
final class TensorBoard extends Curves {
    private final Path directory;
    private final Map<String, EventFile> files = new LinkedHashMap<>();

    TensorBoard(Path directory, Study study) {
        super(study);
        this.directory = directory;
    }

    @Override
    void point(String run, Instant at, long step, String curve, double value) {
        files.computeIfAbsent(run, name -> new EventFile(directory.resolve(name), at))
                .scalar(at, step, curve, value);
    }

    @Override
    public void flush() {
        files.values().forEach(EventFile::flush);
    }
}
