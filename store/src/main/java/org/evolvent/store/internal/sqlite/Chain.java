package org.evolvent.store.internal.sqlite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The chain of a log: every event has the SHA-256 of the link before it and of everything that is stored of the event itself. Whoever
 * changes, drops or inserts an event breaks it there. {@code docs/adr/0007-a-log-that-proves-itself.md} tells what it proves. Not
 * thread-safe.
 */
final class Chain {
    private static final int BYTES = 32;

    private final MessageDigest sha;

    Chain() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Returns what precedes the first link. */
    static byte[] beginning() {
        return new byte[BYTES];
    }

    /**
     * Returns the next link: SHA-256 of the one before and of the text {@code "seq\ntype\nversion\nbody"}.
     *
     * @param before the link of the event before, or the {@linkplain #beginning() beginning}
     * @param body in UTF-8
     */
    byte[] link(byte[] before, long seq, String type, int version, byte[] body) {
        sha.update(before);
        sha.update((seq + "\n" + type + "\n" + version + "\n").getBytes(StandardCharsets.UTF_8));
        return sha.digest(body);
    }
}
