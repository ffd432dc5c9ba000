package org.evolvent.study.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.InvalidCheckpointException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.disk.Failures;

/** Weights that a trainer has saved elsewhere, from which first members begin. */
final class SavedElsewhere {
    /** In it the Python SDK notes how many steps are behind what it saves; behind these weights there are none in this study. */
    private static final String STEPS = "evolvent.json";

    private SavedElsewhere() {}

    /**
     * Returns the population that a study begins with. Nothing is known of the weights but the weights: no score, and no steps behind them.
     *
     * @param checkpoints the directories that members begin from, by index; they are copied
     * @param store has the copies, each pinned once
     * @throws EvolventException when one of them cannot be read, or is no checkpoint
     */
    static Event.PopulationCreated population(Study study, Map<Integer, Path> checkpoints, CheckpointStore store) {
        List<Event.Founder> founders = new ArrayList<>();
        Set<CheckpointId> pinned = new HashSet<>();
        checkpoints.forEach((index, path) -> {
            CheckpointId weights = copy(path, store);
            if (!pinned.add(weights)) {
                store.release(weights);
            }
            founders.add(new Event.Founder(
                    new MemberId(index), weights, 0, Map.of(), List.of(), "checkpoint %s".formatted(path)));
        });
        return new Event.PopulationCreated(StudyState.firstPopulation(study).hyperparameters(), founders);
    }

    private static CheckpointId copy(Path path, CheckpointStore store) {
        Path staged = store.stage();
        try {
            copy(path, staged);
            Files.deleteIfExists(staged.resolve(STEPS));
            return store.commit(staged).id();
        } catch (IOException | UncheckedIOException e) {
            store.abandon(staged);
            Exception cause = e.getCause() instanceof IOException walking ? walking : e;
            throw Failures.of(failed(path), cause);
        } catch (InvalidCheckpointException e) {
            throw new InvalidCheckpointException("%s: %s".formatted(failed(path), e.getMessage()), e);
        }
    }

    private static String failed(Path path) {
        return "The checkpoint %s, with which a member is to begin, cannot be copied".formatted(path);
    }

    /** A link counts as what it leads to, as in a cache of downloads, which the copy must not depend on. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (Path entry : (Iterable<Path>) walk::iterator) {
                String name = from.relativize(entry).toString();
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(to.resolve(name));
                } else if (Files.isRegularFile(entry)) {
                    Files.copy(entry, to.resolve(name));
                } else {
                    throw Manifest.unfit(name);
                }
            }
        }
    }
}
