package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evolvent.cli.internal.command.Shell.Answer;

/**
 * Flips a bit of a byte in a copy of a killed run and looks whether anybody notices: {@code verify} names it, or {@code resume} does, or
 * the end is that of the undisturbed run. A different end in silence is a violation. By hand, every byte (or every n-th) of a small study,
 * some 40 ms each in a file system in memory:
 *
 * <pre>
 *   java -Djava.io.tmpdir=/dev/shm -cp ... org.evolvent.cli.internal.command.Corruption [EVERY] [FIRST]
 * </pre>
 */
final class Corruption {
    /** How people recognise that something was said about what is wrong. A flipped digit of the study file may be an edit, and is told as one. */
    private static final String SAID =
            "(?s).*(damaged|lost|gone|cannot be read|not what|does not|differs|missing|Amended).*";

    static final String STUDY =
            Shell.STUDY.replace("trainers.Hill", "trainers.Laden").replace("space:", """
                    space:
                      mood: {choice: [none, cheerful], fixed: true}
                      ballast: {choice: [0, 70000], fixed: true}""");

    private static final String SMALL_STUDY =
            STUDY.replace("population: 6", "population: 2").replace("budget: {steps: 120}", "budget: {steps: 30}");

    /** Zeros in the files of checkpoints: a few are enough. */
    private static final long LARGE_FILE_BYTES = 50_000;

    private static final long OF_LARGE_FILES = 10_000;

    private final Path scratch;
    private final Path killed;
    private final String undisturbed;

    private Corruption(Path scratch, Path killed, String undisturbed) {
        this.scratch = scratch;
        this.killed = killed;
        this.undisturbed = undisturbed;
    }

    /** Makes a run that was killed in the middle, and knows how it should have ended. */
    static Corruption of(Path directory, Path scratch, String study, int killedAfter) throws Exception {
        Shell shell = new Shell(directory);
        shell.write("study.yaml", study);
        String undisturbed = digest(shell.call("run", "study.yaml", "--dir", "undisturbed", "--json"));
        ChildProcess child = new ChildProcess(directory, 25, "run", "study.yaml", "--dir", "killed", "--slots", "1");
        child.awaitIntervals(shell, "killed", killedAfter);
        child.kill();
        Files.deleteIfExists(directory.resolve("killed/events.db-shm"));
        return new Corruption(scratch, directory.resolve("killed"), undisturbed);
    }

    /** Returns the kinds of files, each with its files. */
    Map<String, List<Path>> files() throws IOException {
        try (Stream<Path> walk = Files.walk(killed)) {
            return walk.filter(Files::isRegularFile)
                    .map(killed::relativize)
                    .filter(file -> !file.startsWith("logs") && !file.endsWith(".lock"))
                    .sorted()
                    .collect(Collectors.groupingBy(
                            file -> file.getNameCount() == 1 ? file.toString() : file.getName(0) + suffix(file),
                            TreeMap::new,
                            Collectors.toList()));
        }
    }

    private static String suffix(Path file) {
        String name = file.getFileName().toString();
        return name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
    }

    long size(Path file) throws IOException {
        return Files.size(killed.resolve(file));
    }

    /** Flips a bit and returns what nobody noticed, if so. */
    Optional<String> flip(Path file, long position) throws Exception {
        Path copy = scratch.resolve("run");
        if (Files.exists(copy)) {
            Archive.delete(copy);
        }
        Files.createDirectory(copy);
        Archive.copy(killed, copy);
        byte[] bytes = Files.readAllBytes(killed.resolve(file));
        bytes[(int) position] ^= (byte) (1 << (position * 5 % 8));
        Files.delete(copy.resolve(file));
        Files.write(copy.resolve(file), bytes);

        Shell shell = new Shell(scratch);
        Answer verified = shell.call("verify", "run");
        Answer resumed = shell.call("resume", "run", "--json");
        String said = verified.out() + verified.err() + resumed.out() + resumed.err();
        if (said.contains("should not have happened") || said.contains("\tat ")) {
            return Optional.of("%s, byte %s: it was not expected: %s".formatted(file, position, said));
        }
        boolean same = resumed.code() == 0 && digest(resumed).equals(undisturbed);
        boolean resumeSaid = resumed.code() != 0 || resumed.err().matches(SAID);
        if (!same && !(resumeSaid && (verified.code() != 0 || resumed.code() != 0))) {
            return Optional.of("%s, byte %s: a different end in silence; verify (%s): %s resume (%s): %s"
                    .formatted(
                            file,
                            position,
                            verified.code(),
                            verified.out() + verified.err(),
                            resumed.code(),
                            resumed.out() + resumed.err()));
        }
        return Optional.empty();
    }

    private static String digest(Answer answer) {
        return answer.json().get("state_digest").asString();
    }

    /** Flips every byte, or every n-th from one on: several such processes share the work. */
    public static void main(String[] arguments) throws Exception {
        long every = arguments.length == 0 ? 1 : Long.parseLong(arguments[0]);
        long first = arguments.length < 2 ? 0 : Long.parseLong(arguments[1]);
        Path directory = Files.createTempDirectory("evolvent-corruption-");
        Corruption corruption = of(directory, Files.createDirectory(directory.resolve("scratch")), SMALL_STUDY, 3);
        long flipped = 0;
        long violations = 0;
        for (var kind : corruption.files().entrySet()) {
            for (Path file : kind.getValue()) {
                long size = corruption.size(file);
                long stride = size > LARGE_FILE_BYTES && file.startsWith("checkpoints") ? OF_LARGE_FILES : every;
                for (long at = first; at < size; at += stride) {
                    Optional<String> violation = corruption.flip(file, at);
                    violation.ifPresent(System.out::println);
                    violations += violation.isPresent() ? 1 : 0;
                    flipped++;
                }
            }
            System.out.println(
                    "%s: %s bytes flipped so far, %s violations".formatted(kind.getKey(), flipped, violations));
        }
        Archive.delete(directory);
        System.exit(violations == 0 ? 0 : 1);
    }
}
