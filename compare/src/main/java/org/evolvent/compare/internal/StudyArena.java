package org.evolvent.compare.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.StudyListener;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.study.internal.run.Trainers;

/**
 * Studies by a user's trainer, each in a run directory of its own, {@code studies/STRATEGY/seed-N} or {@code fresh/STRATEGY/seed-N}. One
 * that has run to its end is read, and one that was interrupted goes on.
 */
public final class StudyArena implements Arena {
    private static final StudyListener SILENT = new StudyListener() {};

    private final Map<Contender, StudyFile> files;
    private final Trainers trainers;
    private final Path directory;
    private final int slots;
    private final InstantSource clock;
    private final ComparisonSettings terms;
    private final Set<RunSession> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * Creates an arena; starts nothing.
     *
     * @param files the study of each strategy, at least one; they may differ in strategy and population
     * @param metric what is reported; empty for the objective
     * @param directory where the run directories go
     * @param slots of a study
     * @throws CompareException when the studies differ in more
     */
    public StudyArena(
            Map<Contender, StudyFile> files, Optional<String> metric, Path directory, int slots, InstantSource clock) {
        Map.Entry<Contender, StudyFile> first = files.entrySet().iterator().next();
        Study study = first.getValue().study();
        ComparisonSettings found = ComparisonSettings.of(
                study, metric, slots == 1 ? "one slot for each study" : "%s slots for each study".formatted(slots));
        for (Map.Entry<Contender, StudyFile> other : files.entrySet()) {
            Agreement.require(
                    first.getValue(),
                    first.getKey().name(),
                    other.getValue(),
                    other.getKey().name());
            found = found.withMembers(other.getValue().study().population());
        }
        this.terms = found;
        this.files = Map.copyOf(files);
        this.directory = directory;
        this.slots = slots;
        this.clock = clock;
        this.trainers = Trainers.find(first.getValue());
    }

    /** Returns the studies of several strategies that one study file describes; each has as many members as spend the file's budget. */
    public static Map<Contender, StudyFile> studies(StudyFile file, List<Contender> contenders) {
        Map<Contender, StudyFile> studies = new LinkedHashMap<>();
        Study study = file.study();
        for (Contender contender : contenders) {
            StudyFile own =
                    file.with(List.of(contender.setting(file.spec().strategy().classpath())), study.name());
            int members = ComparisonSettings.of(study, Optional.empty(), "")
                    .members(own.study().strategy());
            Setting population =
                    new Setting("members of '%s'".formatted(contender.name()), "population", Integer.toString(members));
            studies.put(contender, own.with(List.of(population), study.name()).startable());
        }
        return studies;
    }

    @Override
    public ComparisonSettings terms() {
        return terms;
    }

    @Override
    public Trace run(Contender contender, Stage stage, long seed) {
        StudyFile file = file(contender, seed);
        Path path =
                directory.resolve(stage.directory()).resolve(contender.name()).resolve("seed-" + seed);
        if (Files.exists(path.resolve("study.yaml"))) {
            Optional<Trace> done = finished(path, file);
            if (done.isPresent()) {
                return done.get();
            }
        }
        if (stopped) {
            throw new InterruptedStudy();
        }
        try (RunDirectory run = Files.exists(path.resolve("study.yaml"))
                ? RunDirectory.open(path)
                : RunDirectory.create(path, file.yaml())) {
            RunSession study = new RunSession(file, run, trainers, slots, clock);
            running.add(study);
            if (stopped) {
                study.stop();
            }
            try {
                study.run(SILENT);
            } finally {
                running.remove(study);
            }
            TraceReader reader = read(run);
            if (!reader.isOver()) {
                throw new InterruptedStudy();
            }
            return reader.trace();
        }
    }

    private StudyFile file(Contender contender, long seed) {
        StudyFile file = files.get(contender);
        if (file == null) {
            throw new IllegalArgumentException("The strategy %s is none of %s".formatted(contender, files.keySet()));
        }
        return file.with(
                List.of(
                        new Setting("seed %s".formatted(seed), "seed", Long.toString(seed)),
                        new Setting("--study-slots", "execution.slots", Integer.toString(slots))),
                file.study().name());
    }

    /** Returns what a run reached that is over; empty when it is not. */
    private Optional<Trace> finished(Path path, StudyFile file) {
        try (RunDirectory run = RunDirectory.read(path)) {
            StudyFile found = StudyFile.look(run);
            if (!found.definition().equals(file.definition())) {
                throw new CompareException(
                        "%s holds another study than this comparison would run there.\nMaybe choose another directory with --dir."
                                .formatted(path));
            }
            TraceReader reader = read(run);
            return reader.isOver() ? Optional.of(reader.trace()) : Optional.empty();
        }
    }

    private TraceReader read(RunDirectory run) {
        TraceReader reader = RunReader.reader(StudyFile.look(run), terms.metric());
        run.events().read(reader);
        return reader;
    }

    @Override
    public void stop() {
        stopped = true;
        running.forEach(RunSession::stop);
    }

    @Override
    public void close() {
        trainers.close();
    }
}
