package org.evolvent.store.internal.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.evolvent.runtime.EvolventException;

/**
 * What a run directory must be before anything in it is opened: everything in it is in it. A link would lead the program elsewhere, to read,
 * to empty or to overwrite what belongs to somebody; a pipe or a device would hold it up. The directory itself may be reached through
 * links, as its user names it.
 *
 * <p>This is about directories that were made by others. It does not hold against somebody who changes one while it is in use.
 */
final class Premises {
    /** The directories whose entries are opened by name; everything else is only ever opened by what lists it, and not through links. */
    private static final List<String> ROOMS = List.of("checkpoints", "best", "logs");

    private Premises() {}

    /**
     * Inspects a directory that is to be looked at.
     *
     * @throws EvolventException when something in it is neither a file nor a directory
     */
    static void toRead(Path run) throws IOException {
        inspect(run, false);
    }

    /**
     * Inspects a directory that is to be written to.
     *
     * @throws EvolventException when something in it is neither a file nor a directory, or a file that has a second name elsewhere
     */
    static void toWrite(Path run) throws IOException {
        inspect(run, true);
    }

    private static void inspect(Path run, boolean writing) throws IOException {
        entries(run, writing);
        for (String room : ROOMS) {
            Path directory = run.resolve(room);
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                // A checkpoint's files share names with nobody: they are made there, or replaced whole.
                entries(directory, writing && room.equals("logs"));
            }
        }
    }

    private static void entries(Path directory, boolean alone) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                inspectEntry(entry, alone);
            }
        }
    }

    private static void inspectEntry(Path entry, boolean alone) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return; // A driver at work comes and goes with its files.
        }
        if (attributes.isSymbolicLink()) {
            throw new EvolventException(
                    "%s is a link to %s, but everything in a run directory must be in it. Nothing was touched.\nMaybe put what it names in its place, or delete the link."
                            .formatted(entry, Files.readSymbolicLink(entry)));
        }
        if (attributes.isOther()) {
            throw new EvolventException(
                    "%s is neither a file nor a directory, but a pipe, a socket or a device. Nothing was touched.\nMaybe delete it."
                            .formatted(entry));
        }
        if (alone && attributes.isRegularFile() && names(entry) > 1) {
            throw new EvolventException(
                    "%s has a second name elsewhere (a hard link), and what is written here would change it there. Nothing was touched.\nMaybe the directory is a copy made by links: copy it in full (cp -r), and work on that."
                            .formatted(entry));
        }
    }

    /** Returns how many names a file has; 1 where the system does not tell. */
    private static int names(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names
                    ? names
                    : 1;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return 1;
        }
    }
}
