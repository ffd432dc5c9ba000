package org.evolvent.study.internal.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.runtime.Executor;
import org.evolvent.study.spec.Resources;
import org.evolvent.study.spec.SourceLocation;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.internal.command.CommandExecutor;
import org.evolvent.trainer.internal.command.CommandTemplate;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.local.SlotResources;
import org.evolvent.trainer.internal.place.CommandLauncher;
import org.evolvent.trainer.internal.process.ProcessExecutor;

/** A program that trains: one process for each slot that speaks the protocol, or with placeholders one command for each interval. */
final class ProgramTrainers implements Trainers {
    private final TrainerSpec.Command spec;
    private final List<String> fixed;
    private final Resources resources;
    private final boolean isPlain;

    private ProgramTrainers(TrainerSpec.Command spec, List<String> fixed, Resources resources, boolean isPlain) {
        this.spec = spec;
        this.fixed = fixed;
        this.resources = resources;
        this.isPlain = isPlain;
    }

    /**
     * Finds the program.
     *
     * @param place where the study file says it, for messages
     * @param slots how many slots the study is going to use
     */
    static ProgramTrainers find(
            TrainerSpec.Command spec, SourceLocation place, SearchSpace space, Resources resources, int slots) {
        String program = spec.words().get(0);
        boolean isPlain = CommandTemplate.isPlainCommand(spec.words());
        if (resources.slurm().isPresent()) {
            SlurmPlaces.check(place, resources, isPlain);
        } else if (resources.launcher().isPresent()) {
            requireThere(resources.launcher().get().command().get(0), spec.directory(), place);
        } else if (!isThere(program, spec.directory())) {
            String where = program.contains("/") ? "in " + spec.directory() : "on PATH";
            throw new StudyFileException(
                    place,
                    "trainer.command begins with '%s' but there is no such program %s that may be executed"
                            .formatted(program, where));
        }
        try {
            deal(resources, slots);
        } catch (IllegalArgumentException e) {
            throw new StudyFileException(place, "execution.gpus: %s".formatted(e.getMessage()));
        }
        List<String> fixed = space.parameters().stream()
                .filter(Parameter::fixed)
                .map(Parameter::name)
                .toList();
        return new ProgramTrainers(spec, fixed, resources, isPlain);
    }

    private static void requireThere(String launcher, Path directory, SourceLocation place) {
        if (!isThere(launcher, directory)) {
            throw new StudyFileException(
                    place,
                    "execution.launcher.command begins with '%s' but there is no such program %s that may be executed"
                            .formatted(launcher, launcher.contains("/") ? "in " + directory : "on PATH"));
        }
    }

    /** Returns whether a program can be started from a directory. */
    static boolean isThere(String program, Path directory) {
        if (program.contains("/")) {
            return isExecutable(directory.resolve(program));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                .anyMatch(entry -> isExecutable(directory.resolve(entry).resolve(program)));
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    @Override
    public Executor open(TrainerSettings site) {
        Map<String, String> environment = new LinkedHashMap<>(spec.environment());
        environment.putAll(PythonSdk.environment(Optional.ofNullable(environment.get(PythonSdk.PATH))));
        Launch launch = new Launch(
                spec.words(),
                spec.directory(),
                environment,
                site.logs(),
                deal(resources, site.slots()),
                spec.limits(),
                Optional.empty());
        Optional<Resources.Launcher> command = resources.launcher();
        if (command.isPresent()) {
            Resources.Launcher lender = command.get();
            launch = launch.withLauncher(new CommandLauncher(lender.command(), lender.hosts(), lender.shell()));
        }
        if (resources.slurm().isPresent()) {
            launch = launch.withLauncher(SlurmPlaces.launcher(resources, site.logs()));
        }
        return isPlain
                ? new CommandExecutor(launch, site.checkpoints(), site.clock())
                : new ProcessExecutor(launch, fixed, site.evaluations(), site.checkpoints(), site.clock());
    }

    /** Each slot is told its share of the processors, or every trainer would start a thread for each of them. */
    private static List<SlotResources> deal(Resources resources, int slots) {
        if (resources.slurm().isPresent()) {
            return SlotResources.ofCpus(slots, resources.cpus().orElse(1));
        }
        if (resources.launcher().isPresent()) {
            return dealToHosts(
                    resources, slots, resources.launcher().get().hosts().size());
        }
        double cpus = resources.cpus().orElse((double) Runtime.getRuntime().availableProcessors() / slots);
        return resources.gpus().isEmpty()
                ? SlotResources.ofCpus(slots, cpus)
                : SlotResources.divide(
                        slots,
                        cpus,
                        resources.gpus().getAsDouble(),
                        resources.devices().orElseGet(ProgramTrainers::devices));
    }

    /** Each host has the same devices, and slots in turn. */
    private static List<SlotResources> dealToHosts(Resources resources, int slots, int hosts) {
        double cpus = resources.cpus().orElse(1);
        if (resources.gpus().isEmpty()) {
            return SlotResources.ofCpus(slots, cpus);
        }
        int apart = Math.max(1, hosts);
        List<SlotResources> ofHost = SlotResources.divide(
                (slots + apart - 1) / apart,
                cpus,
                resources.gpus().getAsDouble(),
                resources.devices().orElse(List.of()));
        return IntStream.range(0, slots)
                .mapToObj(slot -> ofHost.get(slot / apart))
                .toList();
    }

    /** Returns the GPUs that this process may see: what CUDA was told to show, or else all that the driver has. */
    private static List<String> devices() {
        Optional<String> visible = Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES"));
        if (visible.isPresent()) {
            return Stream.of(visible.get().split(","))
                    .map(String::strip)
                    .filter(device -> !device.isEmpty())
                    .toList();
        }
        List<String> devices = new ArrayList<>();
        while (Files.exists(Path.of("/dev/nvidia" + devices.size()))) {
            devices.add(Integer.toString(devices.size()));
        }
        return devices;
    }

    @Override
    public boolean holdWeights() {
        return !isPlain;
    }

    @Override
    public void close() {}
}
