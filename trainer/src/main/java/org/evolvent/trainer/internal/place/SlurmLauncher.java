package org.evolvent.trainer.internal.place;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Places of Slurm, each a {@code srun} of its own: a step of the allocation that this process runs in, or else a job that waits in the queue.
 * Slurm says on standard error what becomes of it.
 */
public final class SlurmLauncher implements Launcher {
    private static final Pattern QUEUED = Pattern.compile("srun: job ([0-9]+) queued and waiting for resources");

    private static final Pattern BUSY =
            Pattern.compile("srun: Job [0-9]+ step creation (?:temporarily|still) disabled, retrying \\((.*)\\)");

    private static final Pattern INVALID = Pattern.compile("(?i)invalid|unrecognized option");

    /** Of the daemon of a step, of srun when a node is gone, and of srun whenever it gives up. */
    private static final Pattern WITHDRAWAL = Pattern.compile(
            "slurmstepd\\S*: error: \\*\\*\\* (?:STEP|JOB) .* CANCELLED .*|srun: error: Node failure on .*|srun: Job step aborted: .*|srun: Force Terminated .*");

    /** How often the controller is asked why requests wait: it has many users. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private static final Duration TIME_TO_SAY_WHY = Duration.ofSeconds(2);

    /** A controller that is being restarted comes back; without it no place would be granted anyway. */
    private static final Duration TIME_TO_RETURN = Duration.ofSeconds(30);

    private final String ofRun;
    private final String name;
    private final boolean inAllocation;
    private final List<String> options;
    private Map<String, String> reasons = Map.of();
    private long askedAt = System.nanoTime() - PERIOD.toNanos();

    /**
     * Creates one that has not asked for anything yet.
     *
     * @param study how the names of all jobs of a run begin, and nobody else's
     * @param driver how those of this driver go on, and of no other that the run has had
     * @param inAllocation whether this process runs in an allocation, whose steps the places are then
     * @param options for {@code srun}, what each place is to have
     */
    public SlurmLauncher(String study, String driver, boolean inAllocation, List<String> options) {
        this.ofRun = study + "-";
        this.name = ofRun + driver;
        this.inAllocation = inAllocation;
        this.options = List.copyOf(options);
    }

    /**
     * Asks the controller whether it would ever take such a request for a job, without making one.
     *
     * @param options for {@code srun}, what a place is to have
     * @return what Slurm calls invalid, in its own words; empty where it calls nothing so, or does not answer: what else may be the matter, such
     *     as nodes that are down, a request can wait for
     */
    public static String invalid(List<String> options) {
        List<String> words = new ArrayList<>(List.of("srun", "--test-only", "--nodes=1", "--ntasks=1"));
        words.addAll(options);
        words.add("true");
        return Errand.all(words)
                .lines()
                .filter(line -> INVALID.matcher(line).find())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public List<String> command(int slot, List<String> trainer, Path directory) {
        // What an sbatch script was submitted with reaches srun by its environment; these say otherwise.
        List<String> words = new ArrayList<>(
                List.of("srun", "--unbuffered", "--export=ALL", "--nodes=1", "--ntasks=1", "--job-name=" + name));
        if (inAllocation) {
            words.add("--exact");
        }
        words.addAll(options);
        words.addAll(Launcher.announced("place=$SLURM_JOB_ID.$SLURM_STEP_ID;", trainer));
        return words;
    }

    @Override
    public Optional<Waiting> waiting(String line) {
        Matcher queued = QUEUED.matcher(line);
        if (queued.matches()) {
            return Optional.of(new Waiting(queued.group(1), "job %s waits in the queue".formatted(queued.group(1))));
        }
        Matcher busy = BUSY.matcher(line);
        return busy.matches()
                ? Optional.of(new Waiting("", "waits for room in the allocation: " + busy.group(1)))
                : Optional.empty();
    }

    @Override
    public boolean isWithdrawal(String line) {
        return WITHDRAWAL.matcher(line).matches();
    }

    /** One question for all slots, however often it is asked about each. */
    @Override
    public synchronized String reason(String request) {
        long now = System.nanoTime();
        if (now - askedAt >= PERIOD.toNanos()) {
            reasons = jobs("%r", "--name=" + name, TIME_TO_SAY_WHY);
            askedAt = now;
        }
        return reasons.getOrDefault(request, "");
    }

    /** Returns something of each job, by the job's number. */
    private static Map<String, String> jobs(String what, String which, Duration atMost) {
        return Errand.run(List.of("squeue", "--noheader", which, "--format=%A " + what), atMost)
                .lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .collect(Collectors.toMap(words -> words[0], words -> words[1], (one, other) -> one));
    }

    @Override
    public String noun() {
        return "job step";
    }

    @Override
    public void release(int slot, String place) {
        // A job of its own goes as a whole; of an allocation, the step only.
        String unused =
                Errand.run(List.of("scancel", "--quiet", inAllocation ? place : place.replaceFirst("\\..*", "")));
    }

    /** Gives back what earlier drivers of the same run may have left, so that two never train side by side; takes half a minute at most. */
    public void releaseOthers() {
        List<String> left = ofOthers(jobs("%j", "--me", TIME_TO_RETURN));
        if (!left.isEmpty()) {
            String unused = Errand.run(Stream.concat(Stream.of("scancel", "--quiet"), left.stream())
                    .toList());
        }
    }

    /** Returns those of some jobs, given their names, that other drivers of the same run have asked for. */
    List<String> ofOthers(Map<String, String> names) {
        return names.entrySet().stream()
                .filter(job ->
                        job.getValue().startsWith(ofRun) && !job.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * A request that waits outlives its srun; the steps of an allocation end with theirs. Only what this driver has asked for: when it has
     * lost the run to another, or was killed and started again, there are those of the next one.
     */
    @Override
    public List<String> farewell() {
        return inAllocation ? List.of() : List.of("scancel", "--quiet", "--name=" + name);
    }
}
