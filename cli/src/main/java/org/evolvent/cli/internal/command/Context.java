package org.evolvent.cli.internal.command;

import java.nio.file.Path;
import java.time.InstantSource;
import org.evolvent.cli.internal.display.Console;
import org.evolvent.cli.internal.display.ReadingLine;

/**
 * The world as a command sees it.
 *
 * @param console where it writes
 * @param directory where relative paths begin
 * @param clock for timestamps
 * @param interruptible whether signals end the command in good order; false in tests, whose process is not the command's
 */
public record Context(Console console, Path directory, InstantSource clock, boolean interruptible) {
    /** Returns who says how far the reading of a log has come, where that takes a while; to be closed behind it. */
    ReadingLine reading() {
        return new ReadingLine(console, clock);
    }

    /** Returns a path as given, made absolute. */
    Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }
}
