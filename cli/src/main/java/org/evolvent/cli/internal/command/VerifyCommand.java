package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.cli.internal.audit.AuditVerdict;
import org.evolvent.cli.internal.audit.Looked;
import org.evolvent.cli.internal.audit.Verification;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.spec.StudyFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Checks a run, and its baseline, from the first event to the last byte that is still needed. */
@Command(name = "verify", description = "Derive every decision of a run again and check its checkpoints")
final class VerifyCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(names = "--json", description = "One line of JSON")
    private boolean json;

    VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path path = RunDirectories.existing(context, directory);
        List<AuditVerdict> verdicts = new ArrayList<>();
        verdicts.add(verdict(path));
        Path baseline = path.resolve("baseline");
        if (Files.exists(baseline, LinkOption.NOFOLLOW_LINKS)) {
            verdicts.add(verdict(baseline));
        }
        long flaws =
                verdicts.stream().mapToLong(verdict -> verdict.flaws().size()).sum();
        PrintStream out = context.console().out();
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("status", flaws == 0 ? "clean" : "flawed");
            line.put("directories", verdicts.stream().map(AuditVerdict::json).toList());
            out.println(JsonMapper.shared().writeValueAsString(line));
        } else {
            verdicts.forEach(verdict -> verdict.lines().forEach(out::println));
            out.println(
                    flaws == 0
                            ? "Nothing is wrong."
                            : "%s wrong.".formatted(flaws == 1 ? "1 thing is" : flaws + " things are"));
        }
        return flaws == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static AuditVerdict verdict(Path path) {
        try (RunDirectory run = RunDirectory.read(path)) {
            return Verification.of(Looked.at(run));
        } catch (StudyFileException e) {
            return unread(path, "study.yaml", e);
        } catch (EvolventException e) {
            return unread(path, "the directory", e);
        }
    }

    private static AuditVerdict unread(Path path, String where, RuntimeException e) {
        return new AuditVerdict(
                path,
                new Auditor.Checked(0, 0, 0, 0, 0),
                List.of(),
                0,
                false,
                List.of(new AuditVerdict.Flaw(where, Optional.empty(), String.valueOf(e.getMessage()))));
    }
}
