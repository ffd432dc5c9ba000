package org.evolvent.trainer.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The standard input of a process. Writing comes to an end when the process does, whoever holds the other end of the pipe. */
final class Input {
    /** Pipes hold more, but for users with very many of them. */
    private static final int SURE_TO_FIT_BYTES = 4096;

    private final OutputStream pipe;
    private final CompletableFuture<Void> over;
    private final String name;

    /**
     * Creates one.
     *
     * @param over completed when nothing is left of the process
     * @param name what a thread is called that waits for the pipe
     */
    Input(OutputStream pipe, CompletableFuture<Void> over, String name) {
        this.pipe = pipe;
        this.over = over;
        this.name = name;
    }

    /** Writes a message. What may not fit into the pipe is written by another thread, for maybe nobody reads there. */
    void write(byte[] message) throws IOException {
        if (message.length <= SURE_TO_FIT_BYTES) {
            writeNow(message);
            return;
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        Thread writer = new Thread(
                () -> {
                    try {
                        writeNow(message);
                        written.complete(null);
                    } catch (IOException e) {
                        written.completeExceptionally(e);
                    }
                },
                name);
        writer.setDaemon(true);
        writer.start();
        try {
            CompletableFuture.anyOf(written, over).join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private void writeNow(byte[] message) throws IOException {
        pipe.write(message);
        pipe.flush();
    }

    void close() throws IOException {
        pipe.close();
    }
}
