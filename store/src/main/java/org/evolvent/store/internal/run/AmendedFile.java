package org.evolvent.store.internal.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.store.internal.disk.Disk;

/**
 * The study file that an amendment leads to. It is on the device before the log has the amendment, and takes the place of the study file
 * afterwards: whatever a kill leaves, the log says which of the two counts.
 */
final class AmendedFile {
    private static final Pattern NAME = Pattern.compile("study-amended-(\\d{1,9})\\.yaml");

    private final Path run;
    private final Path file;

    private AmendedFile(Path run, Path file) {
        this.run = run;
        this.file = file;
    }

    /** Returns the file of an amendment, by its number from 1. */
    static AmendedFile of(Path run, int number) {
        return new AmendedFile(run, run.resolve("study-amended-%s.yaml".formatted(number)));
    }

    void write(String yaml) throws IOException {
        Disk.writeDurably(file, yaml);
        Disk.forceName(file);
    }

    /** Puts it in the place of the study file. */
    void replace() throws IOException {
        Files.move(file, run.resolve(RunDirectory.STUDY), StandardCopyOption.ATOMIC_MOVE);
        Disk.forceName(run.resolve(RunDirectory.STUDY));
    }

    /** Brings to an end what a kill has interrupted: forward when the log has the amendment, back otherwise. */
    static void settle(Path run, EventStore log) throws IOException {
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(run, "study-amended-*.yaml")) {
            entries.forEach(left::add);
        }
        if (left.isEmpty()) {
            return;
        }
        List<Event.StudyAmended> made = new ArrayList<>();
        log.readAmendments(made::add);
        for (Path file : left) {
            Matcher number = NAME.matcher(file.getFileName().toString());
            if (number.matches() && Integer.parseInt(number.group(1)) == made.size()) {
                new AmendedFile(run, file).replace();
            } else if (number.matches()) {
                Files.delete(file);
            }
        }
    }
}
