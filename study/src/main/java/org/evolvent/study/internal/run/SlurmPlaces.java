package org.evolvent.study.internal.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.evolvent.study.spec.Resources;
import org.evolvent.study.spec.SourceLocation;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.trainer.internal.place.SlurmLauncher;

/** What Slurm is asked for, in the words of {@code srun}. */
final class SlurmPlaces {
    private static final long MEBIBYTE = 1 << 20;
    private static final int DRIVER_DIGITS = 8;
    private static final List<String> PROGRAMS = List.of("srun", "scancel", "squeue");

    private SlurmPlaces() {}

    /**
     * Looks whether there is a Slurm that can lend places.
     *
     * @param place where the study file names the trainer, for messages
     * @param resources what the places are to have
     * @param isPlain whether the trainer is a command that is started for each interval
     * @throws StudyFileException when there is none, or it knows no such places, or it cannot serve such a trainer
     */
    static void check(SourceLocation place, Resources resources, boolean isPlain) {
        for (String program : PROGRAMS) {
            if (!ProgramTrainers.isThere(program, Path.of("."))) {
                throw new StudyFileException(
                        place,
                        "execution.slurm needs Slurm, but there is no program '%s' on PATH here.\nMaybe begin on a login node of the cluster, or leave execution.slurm out to train on this machine?"
                                .formatted(program));
            }
        }
        if (isPlain && !isInAllocation()) {
            throw new StudyFileException(
                    place,
                    "trainer.command has placeholders, so it is started anew for each interval, but this is no allocation of Slurm: each interval would wait in the queue.\nMaybe begin inside of sbatch or salloc, or use the SDK?");
        }
        String invalid = isInAllocation() ? "" : SlurmLauncher.invalid(options(resources, false));
        if (!invalid.isEmpty()) {
            throw new StudyFileException(
                    place, "Slurm has no such places as execution.slurm asks for. It says: %s".formatted(invalid));
        }
    }

    /** Returns what asks for places; what earlier drivers of the same run may have left is given back first. */
    static SlurmLauncher launcher(Resources resources, Path logs) {
        String driver = UUID.randomUUID().toString().substring(0, DRIVER_DIGITS);
        SlurmLauncher launcher =
                new SlurmLauncher(name(logs), driver, isInAllocation(), options(resources, isInAllocation()));
        launcher.releaseOthers();
        return launcher;
    }

    /** The same for every driver of a run, and nobody else's. */
    private static String name(Path logs) {
        byte[] path = logs.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        return "evolvent-" + UUID.nameUUIDFromBytes(path);
    }

    private static boolean isInAllocation() {
        return System.getenv("SLURM_JOB_ID") != null;
    }

    /** Returns options for {@code srun}; those of jobs, not of steps, only outside of an allocation. */
    static List<String> options(Resources resources, boolean inAllocation) {
        Resources.Slurm slurm = resources.slurm().orElseThrow();
        List<String> options = new ArrayList<>();
        options.add(
                "--cpus-per-task=%s".formatted((int) Math.ceil(resources.cpus().orElse(1))));
        if (slurm.memory().isPresent()) {
            options.add("--mem=%sM".formatted((slurm.memory().getAsLong() + MEBIBYTE - 1) / MEBIBYTE));
        } else if (inAllocation) {
            // Otherwise the first step takes all the memory that the job has on its node.
            options.add("--mem=0");
        }
        resources
                .gpus()
                .ifPresent(gpus -> options.add(gpus == 0 ? "--gres=none" : "--gres=gpu:%s".formatted((int) gpus)));
        if (!inAllocation) {
            slurm.time().ifPresent(time -> options.add("--time=" + time(time)));
            slurm.partition().ifPresent(partition -> options.add("--partition=" + partition));
        }
        options.addAll(slurm.options());
        return options;
    }

    private static String time(Duration time) {
        return "%s-%s:%s:%s".formatted(time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
    }
}
