package org.evolvent.bench;

import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.internal.thread.ThreadExecutor;

/** What large checkpoints cost: saving one against plain writing, an exploit of one, and the disk that a study of them takes. Linux only. */
public final class LargeCheckpoints {
    private static final int MIB = 1 << 20;
    private static final int ROUNDS = 5;

    private LargeCheckpoints() {}

    /**
     * Runs.
     *
     * @param arguments MiB of a checkpoint to save (200), to exploit (1024), and to look at the disk with (16)
     */
    public static void main(String[] arguments) throws Exception {
        int saved = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
        int exploited = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1024;
        int watched = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
        Path directory = Files.createTempDirectory("evolvent-large-");
        try {
            save(directory, saved);
            exploit(directory.resolve("exploit"), exploited);
            disk(directory.resolve("disk"), watched);
        } finally {
            MoreFiles.deleteRecursively(directory);
        }
    }

    /** Bytes that this process has read and written by system calls, from the page cache or not. */
    private record Traffic(long read, long written) {
        static Traffic now() {
            try {
                Map<String, Long> counters = Files.readAllLines(Path.of("/proc/self/io")).stream()
                        .map(line -> line.split(": ", 2))
                        .collect(java.util.stream.Collectors.toMap(parts -> parts[0], parts -> Long.valueOf(parts[1])));
                return new Traffic(counters.getOrDefault("rchar", 0L), counters.getOrDefault("wchar", 0L));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Traffic since(Traffic before) {
            return new Traffic(read - before.read, written - before.written);
        }
    }

    private static void save(Path directory, int mib) throws IOException, NoSuchAlgorithmException {
        List<Double> plain = new ArrayList<>();
        List<Double> stored = new ArrayList<>();
        Traffic traffic = new Traffic(0, 0);
        try (RunDirectory run = RunDirectory.create(directory.resolve("save"), "study: save\n")) {
            CheckpointStore checkpoints = run.checkpoints();
            for (int round = 0; round < ROUNDS; round++) {
                long before = System.nanoTime();
                Path file = directory.resolve("plain");
                write(file, mib, 2L * round);
                hash(file);
                force(file);
                plain.add((System.nanoTime() - before) * 1e-9);
                Files.delete(file);

                before = System.nanoTime();
                Traffic start = Traffic.now();
                Path staged = checkpoints.stage();
                write(staged.resolve("weights"), mib, 2L * round + 1);
                CheckpointStore.Stored checkpoint = checkpoints.commit(staged);
                traffic = Traffic.now().since(start);
                stored.add((System.nanoTime() - before) * 1e-9);
                checkpoints.release(checkpoint.id());
                checkpoints.discard(List.of(checkpoint.id()));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "save %d MiB: %.2f s, plain write + hash + fsync %.2f s (medians of %d); written %.3f and read %.3f times%n",
                mib,
                median(stored),
                median(plain),
                ROUNDS,
                traffic.written() / (double) MIB / mib,
                traffic.read() / (double) MIB / mib);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void write(Path file, int mib, long seed) throws IOException {
        byte[] block = new byte[MIB];
        new SplittableRandom(seed).nextBytes(block);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < mib; i++) {
                channel.write(ByteBuffer.wrap(block));
            }
        }
    }

    private static void hash(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        }
        sha.digest();
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Trains nothing and saves a lot. */
    private static final class Heavy implements Trainer {
        private static final AtomicLong SERIAL = new AtomicLong();

        private final int mib;
        private double score;

        private Heavy(Hyperparameters hyperparameters, int mib) {
            this.mib = mib;
            apply(hyperparameters);
        }

        @Override
        public Report train(long steps) {
            return Report.of("score", score);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            score = hyperparameters.real("x");
        }

        @Override
        public void save(Path directory) throws IOException {
            write(directory.resolve("weights"), mib, SERIAL.getAndIncrement());
        }

        @Override
        public void restore(Path directory) {
            // There is nothing that it would need.
        }
    }

    /** Notes how long it takes from the report of an interval to the start of one with another member's weights. */
    private static final class Stopwatch implements Executor {
        private final Executor executor;
        private final List<Double> milliseconds = new ArrayList<>();
        private long reported;
        private Traffic traffic = Traffic.now();
        private long mostTraffic;

        private Stopwatch(Executor executor) {
            this.executor = executor;
        }

        @Override
        public void start(Attempt attempt) {
            boolean exploit = attempt.parent().isPresent()
                    && !attempt.parent().get().member().equals(attempt.member());
            if (exploit) {
                milliseconds.add((System.nanoTime() - reported) * 1e-6);
                Traffic spent = Traffic.now().since(traffic);
                mostTraffic = Math.max(mostTraffic, spent.read() + spent.written());
            }
            executor.start(attempt);
        }

        @Override
        public List<ExecutorEvent> await(Duration atMost) {
            List<ExecutorEvent> events = executor.await(atMost);
            traffic = Traffic.now();
            reported = System.nanoTime();
            return events;
        }

        @Override
        public int slots() {
            return executor.slots();
        }

        @Override
        public int capacity() {
            return 1;
        }

        @Override
        public void cancel(Attempt attempt) {
            executor.cancel(attempt);
        }

        @Override
        public void wakeUp() {
            executor.wakeUp();
        }

        @Override
        public void close() {
            executor.close();
        }
    }

    /** Half of the members copy the other half. */
    private static Study study(int members, int intervals) {
        return Study.named(
                        "large",
                        new SearchSpace(List.of(new Parameter("x", new Reals(0, 1, Scale.LINEAR), false))),
                        new Objective("score", Objective.Goal.MAXIMIZE),
                        Budget.ofSteps(intervals),
                        1)
                .population(members)
                .strategy(new Pbt(
                        new Truncation(0.5),
                        Pbt.standard().explore(),
                        Pbt.standard().copied()))
                .seed(1)
                .build();
    }

    /** One interval at a time, so that nothing else reads or writes between a decision and its dispatch. */
    private static void exploit(Path directory, int mib) {
        InstantSource clock = InstantSource.system();
        try (RunDirectory run = RunDirectory.create(directory, "study: exploit\n");
                ThreadExecutor threads = new ThreadExecutor(
                        (hyperparameters, seed) -> new Heavy(hyperparameters, mib), run.checkpoints(), 1, 0, clock)) {
            Stopwatch stopwatch = new Stopwatch(threads);
            StudyDriver.of(study(4, 3), run.events(), run.checkpoints(), stopwatch)
                    .clock(clock)
                    .run();
            System.out.printf(
                    Locale.ROOT,
                    "exploit %d MiB, from the report of the interval to the dispatch of the next: median %.1f ms, most %.1f ms, %d exploits; at most %,d bytes read and written%n",
                    mib,
                    median(stopwatch.milliseconds),
                    stopwatch.milliseconds.stream()
                            .mapToDouble(Double::doubleValue)
                            .max()
                            .orElseThrow(),
                    stopwatch.milliseconds.size(),
                    stopwatch.mostTraffic);
        }
    }

    private static void disk(Path directory, int mib) {
        int members = 16;
        int slots = 2;
        InstantSource clock = InstantSource.system();
        ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor();
        long[] most = {0, 0};
        try (RunDirectory run = RunDirectory.create(directory, "study: disk\n");
                ThreadExecutor executor = new ThreadExecutor(
                        (hyperparameters, seed) -> new Heavy(hyperparameters, mib),
                        run.checkpoints(),
                        slots,
                        members,
                        clock)) {
            ScheduledFuture<?> looking = watcher.scheduleWithFixedDelay(
                    () -> {
                        most[0] = Math.max(most[0], bytesBelow(directory.resolve("checkpoints")));
                        most[1]++;
                    },
                    0,
                    2,
                    TimeUnit.MILLISECONDS);
            StudyDriver.of(study(members, 10), run.events(), run.checkpoints(), executor)
                    .clock(clock)
                    .run();
            looking.cancel(false);
            System.out.printf(
                    Locale.ROOT,
                    "disk with checkpoints of %d MiB, %d members, %d slots: at most %.1f checkpoints in %d looks; members + in flight + best = %d%n",
                    mib,
                    members,
                    slots,
                    most[0] / (double) MIB / mib,
                    most[1],
                    members + executor.capacity() + 1);
        } finally {
            watcher.shutdownNow();
        }
    }

    private static long bytesBelow(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.mapToLong(path -> path.toFile().isFile() ? path.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            // Something went away meanwhile; the next look is soon.
            return 0;
        }
    }
}
