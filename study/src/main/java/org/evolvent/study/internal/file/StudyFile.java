package org.evolvent.study.internal.file;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.EventStore;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.Resources;
import org.evolvent.study.spec.SourceLocation;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.internal.explore.ProgramExplore;

/**
 * A study file that has been read and found good. Immutable.
 *
 * @param spec what it says
 * @param study the same as the engine runs it; of a run, as it is in force
 * @param source the name of the file for messages
 * @param trainerPlace where it names the trainer, for messages
 * @param definitionOfVersion1 {@link #definition} as logs of version 1 have it: without the defaults of the strategy
 * @param programs those that the strategy asks; to be opened before the study runs
 * @param runs whether it was read to run; otherwise nothing that it names was loaded
 * @param unmet what it lacks without which its strategy would do nothing; see {@link #startable}
 * @param unloaded the names of the strategy's own classes and programs, which refuse to decide, where it was read to look at
 * @param course what the log of its run says of it
 */
public record StudyFile(
        StudySpec spec,
        Study study,
        String source,
        SourceLocation trainerPlace,
        String definitionOfVersion1,
        List<ProgramExplore> programs,
        boolean runs,
        List<Problem> unmet,
        List<String> unloaded,
        Course course) {
    /**
     * Reads a file of a study that is to begin.
     *
     * @param start where a relative path begins
     * @param file the study file, as the user named it
     * @param settings replace values of the file, in order
     * @throws StudyFileException when anything is wrong with it
     */
    public static StudyFile read(Path start, Path file, List<Setting> settings) {
        return open(start, file, settings, true).startable();
    }

    /**
     * Reads a file, be the study to begin or not.
     *
     * @param loading whether the classes that its strategy names are loaded
     * @throws StudyFileException as {@link #read}
     */
    public static StudyFile open(Path start, Path file, List<Setting> settings, boolean loading) {
        String source = file.toString();
        Path path = start.resolve(file).toAbsolutePath().normalize();
        try {
            return parse(source, TextFile.read(path), path.resolveSibling("").normalize(), settings, loading);
        } catch (NoSuchFileException e) {
            throw new StudyFileException(
                    new SourceLocation(source, 0), "there is no such file.\nMaybe 'evolvent init' writes one for you?");
        } catch (CharacterCodingException e) {
            throw new StudyFileException(
                    new SourceLocation(source, 0), "this is not text in UTF-8 and so not a study file");
        } catch (IOException e) {
            throw new StudyFileException(new SourceLocation(source, 0), "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Returns a study to run it: the classes that its strategy names are loaded.
     *
     * @throws StudyFileException when one of them is not there
     */
    public static StudyFile of(StudySpec spec) {
        List<Problem> problems = new ArrayList<>();
        // Whoever made it knows no lines of it.
        SourceLocation nowhere = SourceLocation.option("the study " + spec.name());
        Optional<Tree> tree = YamlReader.option(nowhere, "", spec.toYaml(), problems);
        return read(spec.name(), tree, problems, spec.trainer().directory(), List.of(), true, OptionalInt.empty());
    }

    /** Returns the study of a run, to go on with it: the classes that it names are loaded. */
    public static StudyFile of(RunDirectory run) {
        return of(run, List.of());
    }

    /**
     * Returns the study that a run's study file and settings ask for, to go on with it. Where it is another than the one in the log, that
     * has to be {@linkplain StudyAmendment amended} first.
     *
     * @throws StudyFileException when anything is wrong with it
     */
    public static StudyFile of(RunDirectory run, List<Setting> settings) {
        return written(run, settings, true);
    }

    /** Returns the study of a run as its study file has it, whoever wrote that, to look at it. */
    public static StudyFile written(RunDirectory run) {
        return written(run, List.of(), false);
    }

    /** Returns the study of a run as its log has it, whoever made it, to look at it: see {@link #look(String, String, Path, List)}. */
    public static StudyFile look(RunDirectory run) {
        return inForce(run, false);
    }

    /** Returns the study of a run as its log began, to look at it. */
    public static StudyFile lookAtBeginning(RunDirectory run) {
        StudyFile inForce = look(run);
        return inForce.course().isAmended()
                ? logged(run, inForce.course().definitions().get(0), false).on(inForce.course())
                : inForce;
    }

    private static StudyFile written(RunDirectory run, List<Setting> settings, boolean loading) {
        List<Problem> problems = new ArrayList<>();
        List<String> definitions = Course.definitions(run.events());
        OptionalInt begunBy =
                definitions.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Definition.rules(definitions.get(0)));
        StudyFile file = read(sourceOf(run), tree(run, problems), problems, run.path(), settings, loading, begunBy);
        return file.on(Course.of(
                definitions, file.study(), text -> logged(run, text, loading).study()));
    }

    /** Returns the study of a run as its log has it. */
    static StudyFile inForce(RunDirectory run, boolean loading) {
        List<String> definitions = Course.definitions(run.events());
        if (definitions.isEmpty()) {
            return written(run, List.of(), loading);
        }
        StudyFile file = logged(run, definitions.get(definitions.size() - 1), loading);
        return file.on(Course.of(
                definitions, file.study(), text -> logged(run, text, loading).study()));
    }

    /** Returns a study that the log of a run has, with what its study file says of where and with what it runs. */
    static StudyFile logged(RunDirectory run, String definition, boolean loading) {
        List<Problem> problems = new ArrayList<>();
        Optional<Tree> tree = tree(run, problems)
                .map(found ->
                        found instanceof Tree.Mapping written ? Definition.file(definition, written, problems) : found);
        return read(
                sourceOf(run),
                tree,
                problems,
                run.path(),
                List.of(),
                loading,
                OptionalInt.of(Definition.rules(definition)));
    }

    private static String sourceOf(RunDirectory run) {
        return run.path().resolve("study.yaml").toString();
    }

    private static Optional<Tree> tree(RunDirectory run, List<Problem> problems) {
        return YamlReader.file(sourceOf(run), run.studyYaml(), problems);
    }

    /**
     * Reads a text to run it: the classes that its strategy names are loaded.
     *
     * @param source the name of the text for messages
     * @param base an absolute directory where relative paths begin
     * @param settings replace values of the text, in order
     * @throws StudyFileException when anything is wrong with it
     */
    public static StudyFile parse(String source, String text, Path base, List<Setting> settings) {
        return parse(source, text, base, settings, true);
    }

    /**
     * Reads a text, from whomever it is, to look at the study: no class that it names is loaded, and its strategy refuses to decide where
     * it would need one. Otherwise as {@link #parse}.
     */
    public static StudyFile look(String source, String text, Path base, List<Setting> settings) {
        return parse(source, text, base, settings, false);
    }

    private static StudyFile parse(String source, String text, Path base, List<Setting> settings, boolean loading) {
        List<Problem> problems = new ArrayList<>();
        return read(
                source,
                YamlReader.file(source, text, problems),
                problems,
                base,
                settings,
                loading,
                OptionalInt.empty());
    }

    private static StudyFile read(
            String source,
            Optional<Tree> tree,
            List<Problem> problems,
            Path base,
            List<Setting> settings,
            boolean loading,
            OptionalInt begunBy) {
        Optional<Tree.Mapping> root = tree.flatMap(found -> {
            if (found instanceof Tree.Mapping mapping) {
                return Optional.of(mapping);
            }
            problems.add(Fields.wrong(found, "a mapping that begins with study: NAME"));
            return Optional.empty();
        });
        if (root.isEmpty()) {
            throw new StudyFileException(problems);
        }
        Tree.Mapping effective = root.get();
        for (Setting setting : settings) {
            effective = setting.applyTo(effective, problems);
        }
        Tree.Mapping whole =
                begunBy.isPresent() ? TakenForGranted.spelledOut(effective, begunBy.getAsInt(), problems) : effective;
        Optional<StudyReader.Parts> parts = new StudyReader(new Fields(whole, problems), loading).read(base);
        if (parts.isEmpty()) {
            throw new StudyFileException(problems);
        }
        return of(source, effective, parts.get(), loading);
    }

    private static StudyFile of(String source, Tree.Mapping tree, StudyReader.Parts parts, boolean loading) {
        Map<?, ?> written = tree.plain().get("strategy") instanceof Map<?, ?> section ? section : Map.of();
        return new StudyFile(
                parts.spec(),
                parts.study(),
                source,
                trainerPlace(tree),
                Definition.ofVersion1(parts.spec(), written),
                parts.programs(),
                loading,
                parts.unmet(),
                parts.unloaded(),
                Course.of(parts.study()));
    }

    /** Returns this study with what the log of its run says of it. */
    StudyFile on(Course other) {
        return new StudyFile(
                spec, study, source, trainerPlace, definitionOfVersion1, programs, runs, unmet, unloaded, other);
    }

    /** Returns the study as it began, with its amendments: what folds its log from the first event. */
    public Study begun() {
        return course.begun();
    }

    /** Returns the line of the class or the command. */
    private static SourceLocation trainerPlace(Tree.Mapping file) {
        if (file.fields().get("trainer") instanceof Tree.Mapping trainer) {
            for (String key : List.of("java", "command", "embedded")) {
                Tree named = trainer.fields().get(key);
                if (named != null) {
                    return named.place();
                }
            }
        }
        return file.place();
    }

    /** Returns what trains. */
    public TrainerSpec trainer() {
        return spec.trainer();
    }

    /** Returns with what it runs. */
    public Resources resources() {
        return spec.resources();
    }

    /** Returns the study as run, in YAML: settings and all defaults are in it, and where relative paths begin. */
    public String yaml() {
        return "# As run, from %s.\n".formatted(source) + spec.toYaml();
    }

    /**
     * Returns the canonical text of the study, which its log begins with: everything that a decision may depend on, defaults included, and
     * nothing that depends on the machine. Two studies with the same definition may share a run directory.
     */
    public String definition() {
        return Definition.of(spec);
    }

    /** Returns the same study as random search: no member ever copies or changes anything. */
    public StudyFile asRandomSearch() {
        return with(
                List.of(new Setting("baseline", "strategy", "{exploit: none, explore: none}")),
                "baseline of " + study.name());
    }

    /**
     * Returns the same study, without a baseline of its own, under other settings.
     *
     * @param settings replace values, in order
     * @param named names it in messages
     * @throws StudyFileException when a setting is wrong
     */
    public StudyFile with(List<Setting> settings, String named) {
        String plain = spec.toBuilder().baseline(false).build().toYaml();
        return parse(named, plain, trainer().directory(), settings, runs);
    }

    /**
     * Returns this study, which has what its strategy needs to do anything, and the weights that it is to begin with. Not asked of a study
     * that goes on: it has begun.
     *
     * @throws StudyFileException when it has not
     */
    public StudyFile startable() {
        List<Problem> missing = new ArrayList<>(unmet);
        spec.checkpoints().forEach((index, path) -> {
            if (!Files.isDirectory(path)) {
                missing.add(new Problem(
                        new SourceLocation(source, 0),
                        "initial[%s].checkpoint is %s but must be a directory with what a trainer has saved"
                                .formatted(index, path)));
            }
        });
        if (!missing.isEmpty()) {
            throw new StudyFileException(missing);
        }
        return this;
    }

    /** Returns what is to be said of a study file that asks for another study than the amended one in the log; empty when it does not. */
    public Optional<String> edited(EventStore log) {
        List<String> definitions = course.definitions();
        return course.isAmended() && !definitions.get(definitions.size() - 1).equals(definition())
                ? Optional.of(
                        "it asks for another study than the one that the log was amended to.\nMaybe it was edited: resuming the run makes an amendment of that.")
                : Optional.empty();
    }

    /** Returns how many members a log has, those included that have joined and those that have left. */
    public int members(EventStore log) {
        int[] members = {begun().population()};
        log.readAmendments(amended -> members[0] += amended.joined().size());
        return members[0];
    }

    /**
     * Returns the definition that a log has to begin with to be of this study: in the version in which that log was begun. Of a study that
     * was amended, the one that it began with.
     */
    public String definitionIn(EventStore log) {
        if (course.isAmended()) {
            return course.definitions().get(0);
        }
        return log.first()
                .filter(first ->
                        first instanceof Event.StudyCreated created && Definition.isOfVersion1(created.definition()))
                .map(first -> definitionOfVersion1)
                .orElseGet(this::definition);
    }
}
