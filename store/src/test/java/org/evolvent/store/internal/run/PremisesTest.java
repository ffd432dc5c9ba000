package org.evolvent.store.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.evolvent.runtime.EvolventException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in a run directory leads out of it. */
class PremisesTest {
    @TempDir
    Path temporary;

    private Path run;
    private Path outside;

    @BeforeEach
    void makeARun() throws IOException {
        run = temporary.resolve("run");
        RunDirectory.create(run, "study: x\n").close();
        outside = Files.createDirectory(temporary.resolve("outside"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".lock",
                "study.yaml",
                "events.db",
                "events.db-wal",
                "events.db-shm",
                "events.db-journal",
                "snapshot.json",
                "logs/evolvent.log",
                "logs/slot-0.log",
                "best/schedule.json"
            })
    void noFileIsALink(String name) throws IOException {
        Path file = run.resolve(name);
        Path target = outside.resolve("target");
        Files.createDirectories(file.getParent());
        if (Files.exists(file)) {
            Files.move(file, target);
        } else {
            Files.writeString(target, "mine");
        }
        byte[] before = Files.readAllBytes(target);
        Files.createSymbolicLink(file, target);
        assertRefused(() -> RunDirectory.open(run), file, target.toString(), "Maybe");
        assertRefused(() -> RunDirectory.read(run), file, target.toString(), "Maybe");
        assertThat(Files.readAllBytes(target)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoints", "checkpoints/.staging", "best", "logs", "baseline"})
    void noDirectoryIsALink(String name) throws IOException {
        Path directory = run.resolve(name);
        Path mine = Files.writeString(outside.resolve("mine"), "mine");
        if (Files.exists(directory)) {
            Files.move(directory, temporary.resolve("moved"));
        }
        Files.createSymbolicLink(directory, outside);
        assertRefused(() -> RunDirectory.open(run), directory, outside.toString(), "Maybe");
        assertRefused(() -> RunDirectory.read(run), directory, outside.toString(), "Maybe");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void aRunIsNotBegunBehindALink() throws IOException {
        Path empty = Files.createDirectory(temporary.resolve("empty"));
        Path mine = Files.writeString(outside.resolve("mine"), "mine");
        Files.createSymbolicLink(empty.resolve(".lock"), mine);
        assertRefused(() -> RunDirectory.create(empty, "study: x\n"), empty.resolve(".lock"), mine.toString());
        assertThat(mine).hasContent("mine");
    }

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        Path pipe = run.resolve("events.db-wal");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0, "mkfifo");
        assertRefused(() -> RunDirectory.open(run), pipe, "a pipe");
        assertRefused(() -> RunDirectory.read(run), pipe, "a pipe");
    }

    @ParameterizedTest
    @ValueSource(strings = {".lock", "study.yaml", "events.db", "logs/evolvent.log"})
    void aFileWithASecondNameIsNotWrittenTo(String name) throws IOException {
        Path file = run.resolve(name);
        if (!Files.exists(file)) {
            Files.writeString(file, "log");
        }
        byte[] before = Files.readAllBytes(file);
        Files.createLink(outside.resolve("second"), file);
        assertRefused(() -> RunDirectory.open(run), file, "a second name", "cp -r");
        RunDirectory.read(run).close();
        assertThat(Files.readAllBytes(outside.resolve("second"))).isEqualTo(before);
    }

    @Test
    void theRunItselfMayBeReachedThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("latest"), run);
        RunDirectory.open(link).close();
        RunDirectory.read(link).close();
    }

    @Test
    void aStudyFileThatFillsTheMemoryIsNotRead() throws IOException {
        Files.writeString(run.resolve("study.yaml"), "x".repeat(3_000_001));
        assertRefused(() -> RunDirectory.read(run), run.resolve("study.yaml"), "3000001 bytes", "3000000");
    }

    private static void assertRefused(ThrowingCallable opening, Path culprit, String... said) {
        assertThatThrownBy(opening)
                .isInstanceOf(EvolventException.class)
                .hasMessageStartingWith(culprit.toString())
                .hasMessageContainingAll(said);
    }
}
