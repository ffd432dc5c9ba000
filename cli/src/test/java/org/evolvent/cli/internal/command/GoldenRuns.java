package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.evolvent.cli.Evolvent;
import org.evolvent.cli.trainers.Slow;
import org.evolvent.testkit.internal.contract.ChildJvm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes golden run directories with the format of today: each study is run once undisturbed and once until it is killed in the middle.
 * Beside each directory stands {@code expected.json} with what the program that made it said: {@code killed}, the state at the time
 * of the kill, and {@code undisturbed}, the end that the study comes to. A directory that was committed is never made anew: the next format
 * gets its own.
 *
 * <pre>
 *   mvn -q -pl cli -am test-compile dependency:build-classpath -Dmdep.outputFile=cp.txt
 *   java -cp "cli/target/test-classes:cli/target/classes:$(cat cli/cp.txt)" org.evolvent.cli.internal.command.GoldenRuns DIRECTORY
 * </pre>
 */
final class GoldenRuns {
    private static final String STUDY = """
            study: golden
            trainer: {java: org.evolvent.cli.trainers.Slow}
            space:
              rate: {float: [1.0e-4, 1.0e-1], scale: log}
            objective: {metric: score, goal: maximize}
            population: 4
            budget: {steps: 80}
            interval: {steps: 10}
            strategy:
              exploit: {truncation: {fraction: 0.3}}
              explore: {perturb: {factors: [0.8, 1.25]}, resample: 0.25}
            execution: {mode: synchronous, slots: 2}
            seed: 17
            """;

    private static final String LADEN = STUDY.replace("trainers.Slow", "trainers.Laden");

    /** A kind of directory: the study, and how many intervals train before the kill; 0 lets it end. */
    private record Kind(String study, int intervals) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "finished", new Kind(STUDY, 0),
            "synchronous", new Kind(STUDY, 18),
            "asynchronous", new Kind(STUDY.replace("synchronous", "asynchronous"), 18),
            "failures", new Kind(LADEN.replace("space:", """
                                    space:
                                      mood: {choice: [none, throws], fixed: true}
                                      ballast: {choice: [0, 9], fixed: true}""").replace("seed:", "attempts: 2\nseed:"), 18),
            "large",
                    new Kind(
                            LADEN.replace("space:", """
                                    space:
                                      mood: {choice: [none, cheerful], fixed: true}
                                      ballast: {choice: [70000, 70001], fixed: true}""")
                                    .replace("population: 4", "population: 2")
                                    .replace("0.3", "0.5"),
                            9),
            "pb2", new Kind(STUDY.replace("{perturb: {factors: [0.8, 1.25]}, resample: 0.25}", "pb2"), 22),
            "fire",
                    new Kind(
                            STUDY.substring(0, STUDY.indexOf("strategy:"))
                                            .replace("population: 4", "population: 8")
                                            .replace("steps: 80", "steps: 60")
                                    + "strategy: {fire: {period: 2}}\n"
                                    + STUDY.substring(STUDY.indexOf("execution:")),
                            30));

    private GoldenRuns() {}

    public static void main(String[] arguments) throws Exception {
        Path target = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        for (String name : KINDS.keySet()) {
            Path directory = Files.createTempDirectory("evolvent-golden-");
            make(KINDS.get(name), directory);
            Archive.zip(directory, target.resolve(name + ".zip"));
            Archive.delete(directory);
        }
    }

    private static void make(Kind kind, Path directory) throws Exception {
        Path study = Files.writeString(directory.resolve("study.yaml"), kind.study);
        String undisturbed = ask(directory, "run", "study.yaml", "--dir", "undisturbed", "--json");
        Path run = directory.resolve("run");
        if (kind.intervals == 0) {
            Files.move(directory.resolve("undisturbed"), run);
        } else {
            Process process = start(directory, kind.intervals, "run", "study.yaml", "--dir", "run", "--slots", "1");
            while (ended(directory) < kind.intervals) {
                process.waitFor(1, TimeUnit.SECONDS);
            }
            process.destroyForcibly().waitFor();
            Archive.delete(directory.resolve("undisturbed"));
        }
        String killed = ask(directory, "status", "run", "--json");
        Files.writeString(
                directory.resolve("expected.json"),
                "{\"killed\": %s,\n\"undisturbed\": %s}\n".formatted(killed, undisturbed));
        Files.delete(study);
        // SQLite's shared memory: 32 KiB that whoever opens the database first makes anew.
        Files.deleteIfExists(run.resolve("events.db-shm"));
    }

    /** Returns how many attempts have ended, by the log. */
    private static long ended(Path directory) throws Exception {
        if (!Files.exists(directory.resolve("run/study.yaml"))) {
            return -1;
        }
        JsonNode status = JsonMapper.shared().readTree(ask(directory, "status", "run", "--json"));
        return status.get("intervals").asLong() + status.get("failures").asLong();
    }

    private static String ask(Path directory, String... arguments) throws Exception {
        Process process = start(directory, Integer.MAX_VALUE, arguments);
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("%s ended with %s: %s".formatted(List.of(arguments), process.exitValue(), answer));
        }
        return answer;
    }

    private static Process start(Path directory, int intervals, String... arguments) throws IOException {
        return ChildJvm.of(Map.of(Slow.INTERVALS, intervals), Evolvent.class, arguments)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
