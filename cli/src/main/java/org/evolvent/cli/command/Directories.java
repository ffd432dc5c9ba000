package org.evolvent.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.evolvent.cli.study.Setting;
import org.evolvent.cli.study.StudyFile;
import org.evolvent.store.RunDirectory;

/** Finds run directories and what they hold. */
final class Directories {
    private Directories() {}

    /** Returns whether a path is a directory with nothing in it. */
    static boolean isEmpty(Path path) {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the path of a run, which must look like one. */
    static Path existing(Context context, Path given) {
        Path path = context.resolve(given);
        if (!Files.isDirectory(path)) {
            throw new UsageException("DIR is %s but there is no such directory".formatted(given));
        }
        if (!Files.exists(path.resolve("study.yaml"))) {
            throw new UsageException(
                    "DIR is %s, which holds no study.yaml and so is no run directory.\nMaybe one below it, such as runs/NAME-1?"
                            .formatted(given));
        }
        return path;
    }

    /** Returns the study of a run. */
    static StudyFile study(RunDirectory run, List<Setting> settings) {
        return StudyFile.parse(run.path().resolve("study.yaml").toString(), run.studyYaml(), run.path(), settings);
    }
}
