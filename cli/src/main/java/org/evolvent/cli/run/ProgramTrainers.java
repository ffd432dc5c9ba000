package org.evolvent.cli.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evolvent.cli.study.StudyFileException;
import org.evolvent.cli.study.TrainerSpec;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.runtime.Executor;
import org.evolvent.trainer.command.CommandExecutor;
import org.evolvent.trainer.command.CommandTemplate;
import org.evolvent.trainer.local.Launch;
import org.evolvent.trainer.local.SlotResources;
import org.evolvent.trainer.process.ProcessExecutor;

/** A program that trains: one process for each slot that speaks the protocol, or with placeholders one command for each interval. */
final class ProgramTrainers implements Trainers {
    private final TrainerSpec.Command spec;
    private final List<String> fixed;
    private final boolean isPlain;

    private ProgramTrainers(TrainerSpec.Command spec, List<String> fixed, boolean isPlain) {
        this.spec = spec;
        this.fixed = fixed;
        this.isPlain = isPlain;
    }

    static ProgramTrainers find(TrainerSpec.Command spec, SearchSpace space) {
        String program = spec.words().get(0);
        if (!isThere(program, spec.directory())) {
            String where = program.contains("/") ? "in " + spec.directory() : "on PATH";
            throw new StudyFileException(
                    spec.place(),
                    "trainer.command begins with '%s' but there is no such program %s that may be executed"
                            .formatted(program, where));
        }
        boolean isPlain = CommandTemplate.isPlainCommand(spec.words());
        if (isPlain) {
            try {
                new CommandTemplate(spec.words())
                        .check(space.parameters().stream().map(Parameter::name).toList());
            } catch (IllegalArgumentException e) {
                throw new StudyFileException(spec.place(), "trainer.command: %s".formatted(e.getMessage()));
            }
        }
        List<String> fixed = space.parameters().stream()
                .filter(Parameter::fixed)
                .map(Parameter::name)
                .toList();
        return new ProgramTrainers(spec, fixed, isPlain);
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

    /** Each slot is told its share of the processors, or every trainer would start a thread for each of them. */
    @Override
    public Executor open(Site site) {
        double share = (double) Runtime.getRuntime().availableProcessors() / site.slots();
        Launch launch = Launch.of(
                        spec.words(), spec.directory(), site.logs(), SlotResources.ofCpus(site.slots(), share))
                .withEnvironment(sdk());
        return isPlain
                ? new CommandExecutor(launch, site.checkpoints(), site.clock())
                : new ProcessExecutor(launch, fixed, site.checkpoints(), site.clock());
    }

    /** Returns what lets Python scripts import the SDK that lies beside this command, as bin/evolvent tells, without installing it. */
    static Map<String, String> sdk() {
        Optional<Path> python = Optional.ofNullable(System.getProperty("evolvent.home"))
                .map(home -> Path.of(home, "python"))
                .filter(Files::isDirectory);
        if (python.isEmpty()) {
            return Map.of();
        }
        String own = Optional.ofNullable(System.getenv("PYTHONPATH"))
                .filter(text -> !text.isEmpty())
                .map(text -> text + File.pathSeparator)
                .orElse("");
        return Map.of("PYTHONPATH", own + python.get());
    }

    @Override
    public boolean holdWeights() {
        return !isPlain;
    }

    @Override
    public void close() {}
}
