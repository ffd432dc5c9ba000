package org.evolvent.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.evolvent.runtime.EvolventException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a study file with comments and a trainer to begin with. Nothing that exists is overwritten. */
@Command(name = "init", description = "Write a commented study file and a skeleton of a trainer")
final class InitCommand implements Callable<Integer> {
    /** The languages of the skeletons. */
    enum Language {
        /** A program that is started once for each slot. */
        python,
        /** A class that trains inside of this JVM. */
        java
    }

    private final Context context;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Where to; by default the current directory")
    private Path directory = Path.of("");

    @Option(
            names = "--trainer",
            paramLabel = "LANGUAGE",
            description = "python or java; by default ${DEFAULT-VALUE}",
            defaultValue = "python")
    private Language language = Language.python;

    InitCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path target = context.resolve(directory);
        Map<Path, String> files = new LinkedHashMap<>();
        String trainer = language == Language.java ? "MyTrainer.java" : "train.py";
        files.put(target.resolve("study.yaml"), template("study." + language + ".yaml"));
        files.put(target.resolve(trainer), template(trainer));
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
        } catch (IOException e) {
            throw new UsageException("%s cannot be written to: %s".formatted(target, e));
        }
        Path study = directory.resolve("study.yaml");
        if (language == Language.java) {
            context.console()
                    .out()
                    .println("First compile it, with Evolvent's jars on the class path: javac -d classes MyTrainer.java");
        }
        context.console().out().println("Then try it:  evolvent check " + study);
        context.console().out().println("and run it:   evolvent run " + study);
        return ExitCode.DONE;
    }

    private static String template(String name) {
        try (InputStream in = InitCommand.class.getResourceAsStream("/org/evolvent/cli/init/" + name)) {
            if (in == null) {
                throw new EvolventException("The template %s is missing from this installation".formatted(name));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new EvolventException("The template %s cannot be read".formatted(name), e);
        }
    }
}
