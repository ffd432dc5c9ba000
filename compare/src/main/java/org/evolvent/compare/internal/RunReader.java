package org.evolvent.compare.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.evolvent.compare.internal.Arena.Stage;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.Logs;
import org.evolvent.study.spec.StrategySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads studies that ran before. Strategies are told apart by their options; those of a comparison's directory keep the names that they
 * had in it.
 */
public final class RunReader {
    private record Found(Path path, Optional<String> name, Stage stage) {}

    private record Run(Found found, StudyFile file, TraceReader reader) {
        String shown() {
            return found.path().toString();
        }

        /** Returns the options of the strategy that are not the default ones, as people write them, in an order of their own. */
        String options() {
            Map<String, Object> strategy = new TreeMap<>(file.spec().strategy().options());
            strategy.entrySet().removeAll(StrategySpec.standard().options().entrySet());
            return JsonMapper.shared()
                    .writeValueAsString(strategy)
                    .replace("\"", "")
                    .replaceAll("([:,])", "$1 ");
        }
    }

    private RunReader() {}

    /** Returns whether a directory is a run. */
    static boolean isRun(Path directory) {
        return Files.exists(directory.resolve("study.yaml")) && Files.exists(directory.resolve("events.db"));
    }

    /**
     * Reads and compares.
     *
     * @param directories of runs, or of comparisons, at least one
     * @param metric what is reported; empty for the objective
     * @throws CompareException when they cannot be compared, naming why
     */
    public static Comparison read(List<Path> directories, Optional<String> metric) {
        List<Run> runs = directories.stream()
                .flatMap(directory -> find(directory).stream())
                .map(found -> open(found, metric))
                .toList();
        Run first = runs.get(0);
        Study study = first.file().study();
        ComparisonSettings terms = ComparisonSettings.of(study, metric, "as measured then");
        for (Run run : runs) {
            Agreement.require(first.file(), first.shown(), run.file(), run.shown());
            terms = terms.withMembers(run.file().study().population());
        }
        Map<Run, String> names = names(runs);
        requireAlike(runs, names);
        List<ComparedStudy> outcomes = new ArrayList<>();
        for (Run run : runs) {
            outcomes.add(new ComparedStudy(
                    names.getOrDefault(run, ""),
                    run.found().stage(),
                    run.file().study().seed(),
                    run.reader().trace()));
        }
        return Comparison.of(terms.withNotes(notes(runs, names)), outcomes);
    }

    private static List<Found> find(Path directory) {
        if (isRun(directory)) {
            return List.of(new Found(directory, Optional.empty(), Stage.CHOOSING));
        }
        List<Found> found = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            for (Path strategy : below(directory.resolve(stage.directory()))) {
                for (Path run : below(strategy)) {
                    if (isRun(run)) {
                        found.add(new Found(
                                run, Optional.of(strategy.getFileName().toString()), stage));
                    }
                }
            }
        }
        if (found.isEmpty()) {
            throw new CompareException(
                    "%s is neither a run directory nor one of a comparison with runs in it.\nMaybe name the runs below it, such as %s/*?"
                            .formatted(directory, directory));
        }
        return found;
    }

    private static List<Path> below(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run open(Found found, Optional<String> metric) {
        Path path = found.path();
        try (RunDirectory run = RunDirectory.read(path)) {
            StudyFile file = StudyFile.look(run);
            TraceReader reader =
                    reader(file, metric.orElse(file.study().objective().metric()));
            Logs.read(run.events(), reader);
            if (!reader.isOver()) {
                throw new CompareException(
                        "%s is not over, and so its compute is not that of the others.\nMaybe go on with it: evolvent resume %s"
                                .formatted(path, path));
            }
            return new Run(found, file, reader);
        }
    }

    /** Returns what reads the log of a study that was read to look at it. */
    static TraceReader reader(StudyFile file, String metric) {
        boolean asking =
                file.study().mode() == Mode.ASYNCHRONOUS && file.unloaded().isEmpty();
        return new TraceReader(file.begun(), metric, Optional.empty(), asking);
    }

    /** Names runs after their strategies; where several would have one name, they are numbered. */
    private static Map<Run, String> names(List<Run> runs) {
        Map<String, List<String>> sharing = sharing(runs);
        Map<Run, String> names = new LinkedHashMap<>();
        for (Run run : runs) {
            List<String> options = sharing.getOrDefault(base(run), List.of());
            boolean unique = run.found().name().isPresent() || options.size() == 1;
            names.put(run, unique ? base(run) : base(run) + "-" + (options.indexOf(run.options()) + 1));
        }
        return names;
    }

    /** Says what the numbers stand for. */
    private static List<String> notes(List<Run> runs, Map<Run, String> names) {
        Map<String, String> notes = new TreeMap<>();
        for (Run run : runs) {
            String name = names.getOrDefault(run, "");
            if (!name.equals(base(run))) {
                notes.put(name, "%s: %s".formatted(name, run.options()));
            }
        }
        return List.copyOf(notes.values());
    }

    /** Returns the different options behind each name, in the order of the runs. */
    private static Map<String, List<String>> sharing(List<Run> runs) {
        Map<String, List<String>> sharing = new LinkedHashMap<>();
        for (Run run : runs) {
            List<String> options = sharing.computeIfAbsent(base(run), name -> new ArrayList<>());
            if (!options.contains(run.options())) {
                options.add(run.options());
            }
        }
        return sharing;
    }

    private static String base(Run run) {
        return run.found()
                .name()
                .orElseGet(() -> Contender.nameOf(run.file().spec().strategy().options()));
    }

    private static void requireAlike(List<Run> runs, Map<Run, String> names) {
        Map<String, Run> firsts = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (Run run : runs) {
            String name = names.getOrDefault(run, "");
            Run first = firsts.computeIfAbsent(name, any -> run);
            Agreement.requireSame(first.file(), first.shown(), run.file(), run.shown());
            long seed = run.file().study().seed();
            if (!seen.add(name + " " + seed)) {
                throw new CompareException(
                        "%s is a second run of '%s' with seed %s, which would count twice.\nMaybe leave one of them out."
                                .formatted(run.shown(), name, seed));
            }
        }
    }
}
