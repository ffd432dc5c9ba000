package org.evolvent.study;

import java.nio.file.Path;
import java.util.List;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.study.spec.StudySpec;

/** Reads studies from study files, in YAML or JSON. No class that they name is loaded. Stateless. */
public final class SpecReader {
    private SpecReader() {}

    /**
     * Reads a study file.
     *
     * @param file relative paths in it begin where it lies
     * @throws StudyFileException when anything is wrong with it, naming file, line, key, value and what is allowed
     */
    public static StudySpec read(Path file) {
        return StudyFile.open(Path.of(""), file, List.of(), false).spec();
    }

    /**
     * Reads a study file's text.
     *
     * @param source the name of the text for messages
     * @param base an absolute directory where relative paths begin
     * @throws StudyFileException as {@link #read}
     */
    public static StudySpec parse(String source, String text, Path base) {
        return StudyFile.look(source, text, base, List.of()).spec();
    }
}
