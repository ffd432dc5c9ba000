package org.evolvent.trainer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InputTest {
    private static final byte[] LARGE = new byte[100_000];

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    @Test
    void whoWritesWhatNobodyReadsIsFreeWhenTheProcessIsGone() throws Exception {
        // Somebody who got away holds the other end.
        try (PipedInputStream held = new PipedInputStream(1024)) {
            Input input = new Input(new PipedOutputStream(held), over, "input");

            over.completeOnTimeout(null, 100, TimeUnit.MILLISECONDS);
            input.write(LARGE);

            assertThat(held.available()).isEqualTo(1024);
        }
    }

    @Test
    void allIsWrittenWhenItReturns() throws Exception {
        ByteArrayOutputStream pipe = new ByteArrayOutputStream();
        Input input = new Input(pipe, over, "input");

        input.write(LARGE);
        input.write(new byte[10]);

        assertThat(pipe.size()).isEqualTo(LARGE.length + 10);
    }

    @Test
    void aBrokenPipeIsToldWhoeverWrites() {
        Input input = new Input(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                over,
                "input");

        assertThatThrownBy(() -> input.write(new byte[10])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> input.write(LARGE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Broken pipe");
    }
}
