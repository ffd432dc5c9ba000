package org.evolvent.bench;

import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.store.internal.sqlite.SqliteEventStore;
import org.evolvent.study.internal.file.StudyFile;

/**
 * What a long log costs those who come back to it. A log of so many events is written; the study is resumed from its beginning, gets
 * SIGTERM, is resumed from the snapshot that it has then, is killed, is resumed again, and is looked at. Each time is a {@code bin/evolvent}
 * of its own with a heap of 256 MB, whose start and compilation count.
 */
public final class LongStudies {
    private static final int POLL_MILLIS = 10;
    private static final long LITTLE = 1_000;
    private static final long MUCH = 600;

    private LongStudies() {}

    /**
     * Measures and prints.
     *
     * @param arguments the number of members, then numbers of events; by default 100, 100000 and 1000000
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int members = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        List<Long> sizes = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            sizes.add(Long.parseLong(arguments[i]));
        }
        for (long events : sizes.isEmpty() ? List.of(100_000L, 1_000_000L) : sizes) {
            Path parent = Files.createTempDirectory("evolvent-long");
            try {
                measure(parent, members, events);
            } finally {
                MoreFiles.deleteRecursively(parent);
            }
        }
    }

    private static void measure(Path parent, int members, long events) throws IOException, InterruptedException {
        Path run = parent.resolve("run");
        StudyFile file = StudyFile.parse("study.yaml", study(members), parent, List.of());
        try (RunDirectory directory = RunDirectory.create(run, file.yaml())) {
            SyntheticLog.fill(directory, file.study(), file.definition(), events);
        }
        resume(parent, run, events, "from the beginning of the log", LITTLE);
        // Killed when the next snapshot is almost due.
        resume(parent, run, events, "after SIGTERM", MUCH);
        resume(parent, run, events, "after SIGKILL", LITTLE);
        for (List<String> looking : List.of(
                List.of("status"), List.of("show"), List.of("show", "--best"), List.of("show", "--member", "7"))) {
            List<String> words = new ArrayList<>(looking);
            words.add(1, run.toString());
            try (Child child = new Child(parent, words.toArray(String[]::new))) {
                print(events, String.join(" ", looking), child.ended());
            }
        }
        print(
                events,
                "the log has " + Files.size(run.resolve("events.db")) / 1_000_000 + " MB, the snapshot "
                        + Files.size(run.resolve("snapshot.jsonl")) / 1_000 + " kB",
                "");
    }

    /** Resumes and goes on for so many events; ends by SIGTERM after a few of them, else by SIGKILL. */
    private static void resume(Path parent, Path run, long events, String when, long more)
            throws IOException, InterruptedException {
        try (SqliteEventStore log = SqliteEventStore.read(run.resolve("events.db"));
                Child child = new Child(parent, "resume", run.toString())) {
            long held = log.size();
            // One event says that it was resumed; the next is the first new result.
            child.until(() -> log.size() >= held + 2);
            print(events, "resume to the first new interval, " + when, child.usage());
            child.until(() -> log.size() >= held + more);
            if (more == LITTLE) {
                print(events, "SIGTERM to exit", child.terminated());
            }
        }
    }

    private static String study(int members) {
        return """
            study: long
            trainer: {java: %s, classpath: [%s]}
            space: {x: {float: [0.0, 1.0]}, y: {float: [1.0e-5, 1.0e-1], scale: log}, z: {choice: [16, 32, 64], ordered: true}}
            objective: {metric: score, goal: maximize}
            population: %d
            budget: {steps: 100000000}
            interval: {steps: 1}
            execution: {slots: 2}
            """.formatted(
                        NoOpFactory.class.getName(),
                        NoOpFactory.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath(),
                        members);
    }

    private static void print(long events, String what, String seen) {
        System.out.printf(Locale.ROOT, "%,d events: %s %s%n", events, what, seen);
    }

    /** The command in a process of its own, killed when it is closed. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final Path output;
        private final long begun = System.nanoTime();
        private Duration processor = Duration.ZERO;
        private String peak = "";

        private Child(Path parent, String... arguments) throws IOException {
            List<String> words = new ArrayList<>(List.of("bin/evolvent"));
            words.addAll(List.of(arguments));
            output = parent.resolve("output");
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("EVOLVENT_JAVA_OPTS", "-Xmx256m");
            process = builder.start();
        }

        private void until(BooleanSupplier condition) throws InterruptedException, IOException {
            while (!condition.getAsBoolean()) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("The command ended early: " + Files.readString(output));
                }
                Thread.sleep(POLL_MILLIS);
            }
        }

        private String terminated() throws InterruptedException, IOException {
            long asked = System.nanoTime();
            process.destroy();
            process.waitFor();
            return String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - asked) * 1e-9);
        }

        private String ended() throws InterruptedException, IOException {
            while (process.isAlive()) {
                usage();
                Thread.sleep(POLL_MILLIS);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("The command failed");
            }
            return usage();
        }

        /** Says what it has used so far, or had used when it was last asked while it was alive. */
        private String usage() throws IOException {
            processor = process.info().totalCpuDuration().orElse(processor);
            Path status = Path.of("/proc/" + process.pid() + "/status");
            try {
                peak = Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse(peak);
            } catch (IOException e) {
                // It has ended meanwhile, or this is no Linux.
                peak = peak.isEmpty() ? "no peak known" : peak;
            }
            return String.format(
                    Locale.ROOT,
                    "%.2f s of processor time, %.2f s, %s",
                    processor.toNanos() * 1e-9,
                    (System.nanoTime() - begun) * 1e-9,
                    peak.replaceAll("\\s+", " "));
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
