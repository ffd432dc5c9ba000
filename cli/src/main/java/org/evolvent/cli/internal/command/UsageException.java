package org.evolvent.cli.internal.command;

/** The command was asked for something that it cannot do; nothing was started. The message says what is wrong and what to do instead. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
