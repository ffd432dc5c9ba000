package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.runtime.EvolventException;
import org.evolvent.study.spec.StudyFileException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import tools.jackson.databind.json.JsonMapper;

/** Puts the subcommands together and turns what they throw into messages and exit codes. */
public final class CommandLines {
    @Command(
            name = "evolvent",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Population Based Training for any training program")
    private static final class Top {}

    private CommandLines() {}

    /** Returns the command, ready to be executed. */
    public static CommandLine create(Context context) {
        CommandLine top = new CommandLine(new Top())
                .addSubcommand(new RunCommand(context))
                .addSubcommand(new ResumeCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new ShowCommand(context))
                .addSubcommand(new UiCommand(context))
                .addSubcommand(new ReportCommand(context))
                .addSubcommand(new LogsCommand(context))
                .addSubcommand(new ExportCommand(context))
                .addSubcommand(new VerifyCommand(context))
                .addSubcommand(new ExplainCommand(context))
                .addSubcommand(new WhatIfCommand(context))
                .addSubcommand(new ReplayCommand(context))
                .addSubcommand(new CompareCommand(context))
                .addSubcommand(new CheckCommand(context))
                .addSubcommand(new SimulateCommand(context))
                .addSubcommand(new GcCommand(context))
                .addSubcommand(new InitCommand(context));
        top.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        PrintStream err = context.console().err();
        top.setOut(new PrintWriter(context.console().out(), true, StandardCharsets.UTF_8));
        top.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        top.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (command.getParseResult().hasMatchedOption("--json")) {
                context.console().out().println(json(exception));
            }
            return explain(exception, err);
        });
        IParameterExceptionHandler forPeople = top.getParameterExceptionHandler();
        top.setParameterExceptionHandler((exception, arguments) -> {
            if (List.of(arguments).contains("--json")) {
                context.console().out().println(json(exception));
            }
            return forPeople.handleParseException(exception, arguments);
        });
        return top;
    }

    /** Who reads one line of JSON shall not have to parse messages to people to see that there is none. */
    private static String json(Exception exception) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("status", "error");
        line.put("error", String.valueOf(exception.getMessage()));
        return JsonMapper.shared().writeValueAsString(line);
    }

    private static int explain(Exception exception, PrintStream err) {
        if (exception instanceof StudyFileException || exception instanceof UsageException) {
            err.println(exception.getMessage());
            return ExitCode.USAGE;
        }
        LoggerFactory.getLogger(CommandLines.class).info("The command failed", exception);
        if (exception instanceof EvolventException) {
            err.println("evolvent: " + exception.getMessage());
            return ExitCode.FAILED;
        }
        err.println("evolvent: this should not have happened; please report it with what follows");
        exception.printStackTrace(err);
        return ExitCode.FAILED;
    }
}
