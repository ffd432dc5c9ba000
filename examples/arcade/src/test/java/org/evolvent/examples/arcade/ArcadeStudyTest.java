package org.evolvent.examples.arcade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.examples.arcade.game.Title;
import org.evolvent.runtime.StudyListener;
import org.evolvent.study.SpecReader;
import org.evolvent.study.StudyResult;
import org.evolvent.study.StudyRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The study of {@code study.yaml} in short, in Breakout, with trainers in processes of their own, as people run it. */
@Tag("slow")
class ArcadeStudyTest {
    private static final String INTERVAL = "interval ended";

    @TempDir
    private Path directory;

    @Test
    void learnsCopiesAndRepeatsOnAnySlotsAndAfterAKill() throws Exception {
        List<Event> events = new ArrayList<>();
        StudyResult result = run(directory.resolve("one"), 1, events);
        assertThat(result.status()).isEqualTo(StudyResult.Status.DONE);
        assertThat(result.best().orElseThrow().score()).isGreaterThan(3 * Title.BREAKOUT.randomReturn());
        assertThat(events)
                .anyMatch(event ->
                        event instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit);

        run(directory.resolve("two"), 2, new ArrayList<>());
        assertThat(schedule("two")).isEqualTo(schedule("one"));

        killAfterFiveIntervals(directory.resolve("killed"));
        events.clear();
        await(StudyRun.resume(directory.resolve("killed")), events);
        assertThat(events).anyMatch(Event.IntervalFinished.class::isInstance);
        assertThat(schedule("killed")).isEqualTo(schedule("one"));
    }

    /** Names the checkpoint by its content, so equal ones are of equal weights, optimizers, games and generators. */
    private String schedule(String run) throws IOException {
        return Files.readString(directory.resolve(run).resolve("best/schedule.json"));
    }

    private static StudyResult run(Path directory, int slots, List<Event> events) throws Exception {
        String yaml = Files.readString(Path.of("study.yaml"))
                .replace("[./train, space_invaders]", command())
                .replace("population: 8", "population: 4")
                .replace("steps: 163840", "steps: 24576")
                .replace("steps: 8192", "steps: 4096")
                .replace("[1.0e-5, 1.0e-1]", "[1.0e-3, 1.0e-2]")
                .replace("[16, 32, 64, 128]", "[16, 32, 64]")
                .replace("slots: 2", "slots: " + slots)
                .replaceAll("baseline: .*", "");
        return await(
                StudyRun.of(SpecReader.parse("study.yaml", yaml, Path.of("").toAbsolutePath()))
                        .directory(directory),
                events);
    }

    private static StudyResult await(StudyRun.Builder builder, List<Event> events) throws Exception {
        StudyListener listener = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> committed) {
                events.addAll(committed);
                if (committed.stream().anyMatch(Event.IntervalFinished.class::isInstance)) {
                    System.out.println(INTERVAL);
                }
            }
        };
        try (StudyRun run = builder.listener(listener).start()) {
            return run.await();
        }
    }

    private static String command() {
        return "['%s', '-XX:+UseSerialGC', '-Dorg.bytedeco.javacpp.maxphysicalbytes=0', '-cp', '%s', '%s', 'breakout']"
                .formatted(java(), System.getProperty("java.class.path"), Train.class.getName());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The study in a process of its own. */
    public static void main(String[] arguments) throws Exception {
        run(Path.of(arguments[0]), 1, new ArrayList<>());
    }

    private static void killAfterFiveIntervals(Path run) throws Exception {
        Process study = new ProcessBuilder(
                        java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ArcadeStudyTest.class.getName(),
                        run.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(study.getInputStream(), StandardCharsets.UTF_8))) {
            int intervals = 0;
            while (intervals < 5) {
                String line = reader.readLine();
                assertThat(line).as("what the study prints").isNotNull();
                intervals += line.equals(INTERVAL) ? 1 : 0;
            }
        } finally {
            study.destroyForcibly(); // SIGKILL
        }
        assertThat(study.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
