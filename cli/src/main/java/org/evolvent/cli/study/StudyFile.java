package org.evolvent.cli.study;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.EventStore;
import org.evolvent.trainer.explore.ProgramExplore;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A study file that has been read and found good. Immutable.
 *
 * @param study what to run
 * @param trainer what trains
 * @param resources with what it runs
 * @param baseline whether random search is to run as well, to compare with
 * @param yaml the study as run, in YAML: settings are in it, and where relative paths begin
 * @param definition the study in a canonical text that leaves out places and resources, with all defaults filled in
 * @param definitionOfVersion1 the same as logs of version 1 have it: without the defaults of the strategy
 * @param strategyOptions the options of the strategy, with all defaults filled in
 * @param programs those that the strategy asks; to be opened before the study runs
 * @param runs whether it was read to run; otherwise nothing that it names was loaded
 * @param unmet what it lacks without which its strategy would do nothing; see {@link #startable}
 * @param unloaded the names of the strategy's own classes and programs, which refuse to decide, where it was read to look at
 */
public record StudyFile(
        Study study,
        TrainerSpec trainer,
        Resources resources,
        boolean baseline,
        String yaml,
        String definition,
        String definitionOfVersion1,
        Map<String, Object> strategyOptions,
        List<ProgramExplore> programs,
        boolean runs,
        List<Problem> unmet,
        List<String> unloaded) {
    /**
     * Reads a file of a study that is to begin.
     *
     * @param start where a relative path begins
     * @param file the study file, as the user named it
     * @param settings replace values of the file, in order
     * @throws StudyFileException when anything is wrong with it
     */
    public static StudyFile read(Path start, Path file, List<Setting> settings) {
        String source = file.toString();
        Path path = start.resolve(file).toAbsolutePath().normalize();
        try {
            return parse(source, TextFile.read(path), path.resolveSibling("").normalize(), settings)
                    .startable();
        } catch (NoSuchFileException e) {
            throw new StudyFileException(
                    new Place(source, 0), "there is no such file.\nMaybe 'evolvent init' writes one for you?");
        } catch (CharacterCodingException e) {
            throw new StudyFileException(new Place(source, 0), "this is not text in UTF-8 and so not a study file");
        } catch (IOException e) {
            throw new StudyFileException(new Place(source, 0), "cannot be read: " + e.getMessage());
        }
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
        Optional<Tree> tree = YamlReader.file(source, text, problems);
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
        Optional<StudyReader.Parts> parts = new StudyReader(new Fields(effective, problems), loading).read(base);
        if (parts.isEmpty()) {
            throw new StudyFileException(problems);
        }
        return of(source, effective, parts.get(), loading);
    }

    private static StudyFile of(String source, Tree.Mapping tree, StudyReader.Parts parts, boolean loading) {
        Map<String, Object> plain = tree.plain();
        Map<?, ?> written = plain.get("strategy") instanceof Map<?, ?> section ? section : Map.of();
        return new StudyFile(
                parts.study(),
                parts.trainer(),
                parts.resources(),
                parts.baseline(),
                "# As run, from %s.\n".formatted(source) + dump(asRun(plain, written, parts)),
                Definition.of(parts),
                Definition.ofVersion1(parts, written),
                parts.strategy(),
                parts.programs(),
                loading,
                parts.unmet(),
                parts.unloaded());
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
     * @param source names it in messages
     * @throws StudyFileException when a setting is wrong
     */
    public StudyFile with(List<Setting> settings, String source) {
        Tree.Mapping tree =
                (Tree.Mapping) YamlReader.file(source, yaml, new ArrayList<>()).orElseThrow();
        String plainYaml = dump(tree.without("baseline").plain());
        return parse(source, plainYaml, trainer.directory(), settings, runs);
    }

    /**
     * Returns this study, which has what its strategy needs to do anything. Not asked of a study that goes on: it has begun.
     *
     * @throws StudyFileException when it has not
     */
    public StudyFile startable() {
        if (!unmet.isEmpty()) {
            throw new StudyFileException(unmet);
        }
        return this;
    }

    /** Returns the definition that a log has to have to be of this study: in the version in which that log was begun. */
    public String definitionIn(EventStore log) {
        return log.first()
                .filter(first ->
                        first instanceof Event.StudyCreated created && Definition.isOfVersion1(created.definition()))
                .map(first -> definitionOfVersion1)
                .orElse(definition);
    }

    /**
     * Returns the file as it is kept: it says where paths begin and what the strategy's defaults were, and keeps words as they were
     * written: an argument 0.10 must not come back as 0.1.
     */
    private static Map<String, Object> asRun(Map<String, Object> plain, Map<?, ?> written, StudyReader.Parts parts) {
        Map<String, Object> placed = new LinkedHashMap<>(plain);
        TrainerSpec spec = parts.trainer();
        placed.put("study", parts.study().name());
        Map<Object, Object> strategy = new LinkedHashMap<>(parts.strategy());
        if (written.containsKey("classpath")) {
            strategy.put("classpath", written.get("classpath"));
        }
        placed.put("strategy", strategy);
        if (plain.get("trainer") instanceof Map<?, ?> section) {
            Map<Object, Object> trainer = new LinkedHashMap<>(section);
            if (spec instanceof TrainerSpec.Command command) {
                trainer.put("command", command.words());
                trainer.computeIfPresent("environment", (key, old) -> command.environment());
            } else if (spec instanceof TrainerSpec.InJvm java) {
                trainer.computeIfPresent("classpath", (key, old) -> java.classpath());
            }
            trainer.put("directory", spec.directory().toString());
            placed.put("trainer", trainer);
        }
        return placed;
    }

    private static String dump(Map<String, Object> plain) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(120)
                .setSchema(
                        new CoreSchema()) // The one that reads: what means a number there is quoted when it is a text.
                .build();
        return new Dump(settings).dumpToString(plain);
    }
}
