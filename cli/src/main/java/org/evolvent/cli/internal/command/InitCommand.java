package org.evolvent.cli.internal.command;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.runtime.EvolventException;
import org.evolvent.trainer.Trainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a study file with comments and a trainer to begin with. Nothing that exists is overwritten. */
@Command(name = "init", description = "Write a commented study file and a skeleton of a trainer")
final class InitCommand implements Callable<Integer> {
    /** The kinds of skeletons. */
    enum Kind {
        /** A Python program that is started once for each slot and uses the SDK. */
        python("train.py", "train.py"),
        /** A class that trains inside of this JVM. */
        java("MyTrainer.java", "MyTrainer.java"),
        /** A program with options, started for each interval. */
        command("plain.py", "train.py");

        private final String template;
        private final String file;

        Kind(String template, String file) {
            this.template = template;
            this.file = file;
        }
    }

    private final Context context;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Where to; by default the current directory")
    private Path directory = Path.of("");

    @Option(
            names = "--trainer",
            paramLabel = "KIND",
            description =
                    "python (uses the SDK), java, or command (a program with options of its own); by default ${DEFAULT-VALUE}",
            defaultValue = "python")
    private Kind kind = Kind.python;

    @Option(
            names = "--from-ray",
            paramLabel = "FILE",
            description =
                    "A Python script that tunes by Ray Tune's PopulationBasedTraining: it is read, not run; what it computes is named and left to you")
    private @Nullable Path ray;

    @Option(
            names = "--slurm",
            description =
                    "Also a batch script for Slurm, job.sh, that goes on when it is started again; where DIR has a study.yaml, the script alone")
    private boolean slurm;

    InitCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path target = context.resolve(directory);
        if (slurm && kind == Kind.java) {
            throw new UsageException("--trainer is java but must be python or command with --slurm");
        }
        Optional<RayScript> script = Optional.ofNullable(ray).map(file -> read(file, target));
        Map<Path, String> files = new LinkedHashMap<>();
        if (!slurm || !Files.exists(target.resolve("study.yaml"))) {
            files.put(
                    target.resolve("study.yaml"),
                    script.map(RayScript::study).orElseGet(() -> template("study." + kind + ".yaml")));
            files.put(target.resolve(kind.file), script.map(RayScript::train).orElseGet(() -> template(kind.template)));
        }
        if (slurm) {
            files.put(target.resolve("job.sh"), template("job.sh"));
        }
        for (Path file : files.keySet()) {
            if (Files.exists(file)) {
                throw new UsageException(
                        "%s exists and is not overwritten.\nMaybe choose another directory: evolvent init DIR"
                                .formatted(file));
            }
        }
        try {
            Files.createDirectories(target);
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Files.writeString(file.getKey(), file.getValue());
                context.console().out().println("wrote " + file.getKey());
            }
            Path ignored = target.resolve(".gitignore");
            if (!Files.exists(ignored)) {
                Files.writeString(ignored, "# What runs write.\nevolvent-runs/\n");
                context.console().out().println("wrote " + ignored);
            }
        } catch (IOException e) {
            throw new UsageException("%s cannot be written to: %s".formatted(target, e));
        }
        PrintStream out = context.console().out();
        if (kind == Kind.java) {
            out.println("First compile it: javac -cp %s -d %s %s"
                    .formatted(
                            classPath(Trainer.class, Hyperparameters.class),
                            directory.resolve("classes"),
                            directory.resolve(kind.file)));
        }
        script.ifPresent(read -> read.gaps().forEach(gap -> out.println("Look at this: " + gap)));
        Path study = directory.resolve("study.yaml");
        out.println("Then try it:  evolvent check " + study);
        out.println("and run it:   evolvent run " + study);
        if (slurm) {
            out.println("on a cluster: look at %s, and from its directory: sbatch job.sh"
                    .formatted(directory.resolve("job.sh")));
        }
        return ExitCode.DONE;
    }

    private RayScript read(Path file, Path target) {
        if (kind != Kind.python) {
            throw new UsageException("--trainer is %s but must be python with --from-ray".formatted(kind));
        }
        return RayScript.read(context.resolve(file), target);
    }

    /** Returns where classes of ours come from, in the form that javac takes. */
    private static String classPath(Class<?>... classes) {
        return Stream.of(classes)
                .map(type -> {
                    try {
                        return Path.of(type.getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString();
                    } catch (URISyntaxException e) {
                        throw new EvolventException("The place of %s cannot be told".formatted(type), e);
                    }
                })
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String template(String name) {
        try (InputStream in = InitCommand.class.getResourceAsStream("/org/evolvent/cli/internal/init/" + name)) {
            if (in == null) {
                throw new EvolventException("The template %s is missing from this installation".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EvolventException("The template %s cannot be read".formatted(name), e);
        }
    }
}
