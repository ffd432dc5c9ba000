package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new directory for what nobody needs afterwards: gone when this is closed, and also when the command is interrupted. */
final class TemporaryDirectory implements AutoCloseable {
    /** A trainer that is about to be ended may still be writing. */
    private static final int TRIES = 20;

    private static final long MILLIS_BETWEEN_TRIES = 50;

    private final Path path;
    private final Thread hook;

    TemporaryDirectory() {
        try {
            path = Files.createTempDirectory("evolvent-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hook = new Thread(this::deleteAsWellAsCanBe, "evolvent-temporary");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Path path() {
        return path;
    }

    private void deleteAsWellAsCanBe() {
        for (int i = 0; i < TRIES && Files.exists(path); i++) {
            try {
                RunDirectories.delete(path);
            } catch (UncheckedIOException e) {
                try {
                    Thread.sleep(MILLIS_BETWEEN_TRIES);
                } catch (InterruptedException interrupt) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // The JVM is about to end, and the hook deletes it.
        }
        RunDirectories.delete(path);
    }
}
