package org.evolvent.store.internal.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.store.internal.disk.Failures;
import org.evolvent.store.internal.file.FileCheckpointStore;
import org.evolvent.store.internal.snapshot.FileSnapshotStore;
import org.evolvent.store.internal.sqlite.Salvage;
import org.evolvent.store.internal.sqlite.SqliteEventStore;
import org.evolvent.store.internal.sqlite.WriteAheadLog;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a study keeps, in one directory:
 *
 * <pre>
 *   study.yaml     the study as it is run; its presence makes a directory a run. Edited, it is an amendment when the run is resumed
 *   from.json      the run whose models it begins with, where it does
 *   events.db      the log, with views for SQL
 *   snapshot.jsonl what the log comes to, so that not all of it has to be read; may be deleted at any time
 *   checkpoints/   the weights that the log still needs
 *   best/          checkpoint/ and schedule.json of the best model so far
 *   logs/          what trainers print
 *   report.html    the page of the run as one file, where one was written
 *   driver, .lock  name the process, while one drives it; .lock is held, and driver written again and again
 * </pre>
 *
 * <p>Methods may be called from the driver's thread; {@link #close} once from any.
 */
public final class RunDirectory implements AutoCloseable {
    static final String STUDY = "study.yaml";
    public static final String EVENTS = "events.db";
    static final String FROM = "from.json";

    /** More than any study has. */
    private static final long MOST_STUDY_BYTES = 3_000_000;

    private static final String SNAPSHOT = "snapshot.jsonl";

    private final Path path;
    private String studyYaml;
    private final Optional<RunLock> lock;
    private final SqliteEventStore events;
    private final FileCheckpointStore checkpoints;
    private final Optional<String> damage;
    private final FileSnapshotStore snapshots;
    private final Descent descent;
    private @Nullable ReadyPoint published;

    private RunDirectory(
            Path path,
            String studyYaml,
            Optional<RunLock> lock,
            SqliteEventStore events,
            FileCheckpointStore checkpoints,
            Optional<String> damage) {
        this.path = path;
        this.studyYaml = studyYaml;
        this.lock = lock;
        this.events = events;
        this.checkpoints = checkpoints;
        this.damage = damage;
        this.snapshots = new FileSnapshotStore(path.resolve(SNAPSHOT), events::chain);
        this.descent = new Descent(events);
    }

    /**
     * Begins a run in a directory that does not exist or is empty; it is on the device when this returns.
     *
     * @param dir the directory; those above it are made too
     * @param studyYaml the study file as it is run
     * @throws EvolventException when the directory holds a run or anything else, or cannot be written to; nothing is changed then
     */
    public static RunDirectory create(Path dir, String studyYaml) {
        return create(dir, studyYaml, Optional.empty());
    }

    /**
     * Begins a run as {@link #create(Path, String)}.
     *
     * @param from what is to be known of where its first models come from, until its log says it
     */
    public static RunDirectory create(Path dir, String studyYaml, Optional<String> from) {
        Beginning.of(dir, studyYaml, from);
        return open(dir);
    }

    /** Returns whether a run was begun here and killed before it was one: there is nothing to go on with, and {@link #create} may be tried again. */
    public static boolean isUnfinished(Path dir) {
        return Beginning.isUnfinished(dir);
    }

    /**
     * Opens a run to go on with it, or to clean it; nobody else can until it is closed.
     *
     * @throws EvolventException when there is no run, another process drives it, or something in it is damaged
     */
    public static RunDirectory open(Path dir) {
        return open(dir, false);
    }

    /** Opens a run as {@link #open(Path)}; with {@code takeOver}, without waiting whether a driver on another host that has left it is dead. */
    public static RunDirectory open(Path dir, boolean takeOver) {
        requireRun(dir);
        try {
            Premises.toWrite(dir);
            RunLock lock = RunLock.take(dir, takeOver);
            try {
                lock.takeLog(dir.resolve(EVENTS));
                return opened(dir, Optional.of(lock));
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw Failures.of("The run directory %s cannot be opened".formatted(dir), e);
        }
    }

    /**
     * Opens a run to look at it, while somebody drives it or nobody does. What would change its stores throws.
     *
     * @throws EvolventException when there is no run or something in it is damaged
     */
    public static RunDirectory read(Path dir) {
        requireRun(dir);
        try {
            Premises.toRead(dir);
            return opened(dir, Optional.empty());
        } catch (IOException e) {
            throw Failures.of("The run directory %s cannot be read".formatted(dir), e);
        }
    }

    /**
     * Returns who drives a run at this moment, in words: the process, its host and since when; empty when nobody does.
     *
     * @throws EvolventException when that cannot be told
     */
    public static Optional<String> driver(Path dir) {
        try {
            return RunLock.holder(dir);
        } catch (IOException e) {
            throw Failures.of("Whether somebody drives %s cannot be told".formatted(dir), e);
        }
    }

    private static RunDirectory opened(Path dir, Optional<RunLock> lock) throws IOException {
        Path checkpoints = dir.resolve("checkpoints");
        Path log = dir.resolve(EVENTS);
        // Before SQLite opens it.
        Optional<String> damage = lock.isPresent() ? WriteAheadLog.preserve(log) : WriteAheadLog.damage(log);
        SqliteEventStore events = lock.isPresent() ? SqliteEventStore.open(log) : SqliteEventStore.read(log);
        try {
            if (lock.isPresent()) {
                events.fencedBy(lock.get()::requireHeld);
                AmendedFile.settle(dir, events);
            }
            return new RunDirectory(
                    dir,
                    study(dir.resolve(STUDY)),
                    lock,
                    events,
                    lock.isPresent()
                            ? FileCheckpointStore.open(checkpoints, events.checkpoints())
                            : FileCheckpointStore.read(checkpoints, events.checkpoints()),
                    damage);
        } catch (IOException | RuntimeException e) {
            events.close();
            throw e;
        }
    }

    private static String study(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > MOST_STUDY_BYTES) {
            throw new EvolventException(
                    "%s has %s bytes but may have %s.\nMaybe it is not the file that a study was run from?"
                            .formatted(file, bytes, MOST_STUDY_BYTES));
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new EvolventException("%s is not text in UTF-8".formatted(file), e);
        }
    }

    /**
     * Begins the log of a damaged run anew with its first events. The damaged log is kept under another name.
     *
     * @param dir the run, which nobody drives
     * @param events how many events to keep, at least 2
     * @return what was done, in words
     * @throws EvolventException when there is no run, another process drives it, or fewer events can be trusted; nothing is changed then
     */
    public static String salvage(Path dir, long events) {
        requireRun(dir);
        try {
            Premises.toWrite(dir);
        } catch (IOException e) {
            throw Failures.of("The run directory %s cannot be opened".formatted(dir), e);
        }
        try (RunLock lock = RunLock.take(dir)) {
            lock.takeLog(dir.resolve(EVENTS));
            Path damaged = Salvage.keep(dir.resolve(EVENTS), events);
            return "The log begins anew with the first %s events of the damaged one, which is kept: %s"
                    .formatted(events, damaged);
        } catch (IOException e) {
            throw Failures.of("The run directory %s cannot be opened".formatted(dir), e);
        }
    }

    /** Returns what people should know about this directory since it was opened: what is damaged, and what could not be cleaned. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(checkpoints.troubles());
        damage.ifPresent(found -> all.add(0, found));
        return all;
    }

    /** Returns what is wrong with a checkpoint or its manifest, in words, with the file's name; empty when all is as it was committed. */
    public Optional<String> damage(CheckpointId id) {
        return checkpoints.damage(id).or(() -> checkpoints.manifestDamage(id));
    }

    /** Returns what is wrong with the snapshot, in words; empty when it is whole or there is none. */
    public Optional<String> snapshotDamage() {
        return snapshots.damage();
    }

    /**
     * Amends the study: from here on the log has the amendment, and the study file says the same. A kill in between is mended when the
     * directory is opened next.
     *
     * @param event the amendment
     * @param yaml the study file as it is from here on
     * @param number the number of the amendment, from 1
     */
    public void amend(Event.StudyAmended event, String yaml, int number) {
        try {
            AmendedFile.of(path, number).write(yaml);
            events.append(List.of(event));
            events.sync();
            AmendedFile.of(path, number).replace();
        } catch (IOException e) {
            throw Failures.of("The amended study cannot be written to %s".formatted(path), e);
        }
        studyYaml = yaml;
    }

    /** Returns what was said of where its first models come from. */
    public Optional<String> from() {
        Path file = path.resolve(FROM);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException e) {
            throw Failures.of("%s cannot be read".formatted(file), e);
        }
    }

    /** Takes over a checkpoint of another run; it is pinned until it is released. */
    public void adopt(RunDirectory other, CheckpointId id) {
        checkpoints.adopt(other.checkpoints, id);
    }

    /** Returns the study file as it is run. */
    public String studyYaml() {
        return studyYaml;
    }

    /** Returns the log. */
    public SqliteEventStore events() {
        return events;
    }

    /** Returns the weights that belong to the log. */
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    /** Returns what the log came to some time ago. */
    public SnapshotStore snapshots() {
        return snapshots;
    }

    /** Returns the directory itself. */
    public Path path() {
        return path;
    }

    /** Returns the directory for what trainers print; it exists. */
    public Path logs() {
        return path.resolve("logs");
    }

    /**
     * Writes {@code best/schedule.json} and {@code best/checkpoint/} anew when a result is another than the one last written by this object.
     *
     * @param point a result with weights, in the log
     * @param studyName the study's name
     * @param seed the study's seed
     * @throws org.evolvent.runtime.DamagedCheckpointException when the checkpoint is missing or damaged; what was published stays
     * @throws EvolventException when the files cannot be written
     */
    public void publishBest(ReadyPoint point, String studyName, long seed) {
        if (point.equals(published)) {
            return;
        }
        try {
            BestModel.publish(
                    path.resolve("best"),
                    written(point, studyName, seed),
                    checkpoints,
                    point.checkpoint().orElseThrow().id());
        } catch (IOException e) {
            throw Failures.of("The best model cannot be written to %s".formatted(path.resolve("best")), e);
        }
        published = point;
    }

    /** Returns whether {@code best/} holds just what {@link #publishBest} would put there, byte by byte. */
    public boolean isPublished(ReadyPoint point, String studyName, long seed) {
        return BestModel.isThere(
                path.resolve("best"),
                written(point, studyName, seed),
                point.checkpoint().orElseThrow().id());
    }

    private String written(ReadyPoint point, String studyName, long seed) {
        List<Lineage.Segment> schedule = schedule(point.member(), point.interval());
        return ScheduleJson.of(
                studyName,
                seed,
                ((Score.Valid) point.score()).value(),
                point.checkpoint().orElseThrow().id(),
                schedule,
                beginning(schedule));
    }

    /** Deletes what a kill left of the publication of a best model, or puts the one before back; returns how many things there were. */
    public int cleanBest() {
        try {
            return BestModel.clean(path.resolve("best"));
        } catch (IOException e) {
            throw Failures.of("What is left of a publication cannot be cleaned in %s".formatted(path), e);
        }
    }

    /**
     * Returns the schedule that made the weights at the end of an interval.
     *
     * @throws IllegalArgumentException when the interval did not end well
     */
    public List<Lineage.Segment> schedule(MemberId member, int interval) {
        return descent.schedule(new Lineage.Node(member, interval));
    }

    /** Returns the weights that a schedule begins with; empty for freshly initialised ones. */
    public Optional<CheckpointRef> beginning(List<Lineage.Segment> schedule) {
        return descent.beginning(schedule);
    }

    /** Lets go of everything. Closing twice does nothing. */
    @Override
    public void close() {
        checkpoints.close();
        events.close();
        if (lock.isPresent()) {
            try {
                lock.get().close();
            } catch (IOException e) {
                throw new EvolventException(
                        "The lock of %s cannot be released: %s".formatted(path, Failures.describe(e)), e);
            }
        }
    }

    private static void requireRun(Path dir) {
        if (!Files.isRegularFile(dir.resolve(STUDY))) {
            throw new EvolventException(
                    "%s holds no run: there is no %s in it.\nMaybe it is another directory, or begin one: evolvent run STUDY --dir %s"
                            .formatted(dir, STUDY, dir));
        }
    }
}
