package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.trainer.internal.SlotLogs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what trainers have printed, by attempt. */
@Command(name = "logs", description = "Print what the trainers of a run have printed, by member and interval")
final class LogsCommand implements Callable<Integer> {
    private static final long MILLIS_BETWEEN_LOOKS = 200;

    /** Colours, and what else moves a cursor. */
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");

    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(names = "--member", paramLabel = "N", description = "Of member N only")
    private Optional<Integer> member = Optional.empty();

    @Option(names = "--interval", paramLabel = "I", description = "Of interval I only, from 0")
    private Optional<Integer> interval = Optional.empty();

    @Option(names = "--follow", description = "Go on with what comes, until the run ends")
    private boolean follow;

    private SlotLogs.@Nullable Source last;

    LogsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        requireNatural("--member", member);
        requireNatural("--interval", interval);
        Path run = RunDirectories.existing(context, directory);
        SlotLogs logs = new SlotLogs(
                run.resolve("logs"),
                source -> member.orElse(source.member()) == source.member()
                        && interval.orElse(source.interval()) == source.interval());
        PrintStream out = context.console().out();
        try {
            logs.read((source, text) -> print(out, source, text));
            while (follow) {
                boolean over = RunDirectory.driver(run).isEmpty();
                logs.readOn((source, text) -> print(out, source, text));
                if (over) {
                    break;
                }
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        } catch (IOException e) {
            throw new EvolventException("The logs in %s cannot be read: %s".formatted(run.resolve("logs"), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (last == null) {
            requireMember(run);
            context.console()
                    .err()
                    .println(
                            "Nothing is kept of what these trainers printed: they printed nothing, or too much else has been printed since (of each slot the latest 16 MiB are kept at least), or they run in the JVM, and print into what 'evolvent run' itself prints.");
        }
        return ExitCode.DONE;
    }

    /** Who printed nothing may not be there at all. */
    private void requireMember(Path run) {
        try (RunDirectory looked = RunDirectory.read(run)) {
            int members = StudyFile.look(looked).members(looked.events());
            member.filter(index -> index >= members).ifPresent(index -> {
                throw new UsageException("--member is %s but must be from 0 to %s".formatted(index, members - 1));
            });
        }
    }

    private static void requireNatural(String option, Optional<Integer> given) {
        given.filter(number -> number < 0).ifPresent(number -> {
            throw new UsageException("%s is %s but must be at least 0".formatted(option, number));
        });
    }

    private void print(PrintStream out, SlotLogs.Source source, String text) {
        if (!source.equals(last)) {
            out.println((last == null ? "" : "\n") + "== " + source);
            last = source;
        }
        String line = ESCAPE.matcher(text).replaceAll("");
        // A bar of progress draws itself over itself.
        out.println(line.substring(line.lastIndexOf('\r') + 1));
    }
}
