package org.evolvent.dist;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One page for {@code man} about the command and all subcommands. picocli's generator writes AsciiDoc, a page for each subcommand, which
 * takes a Ruby inside of the build to become pages.
 */
final class ManualPage {
    private static final String ENDING = """
            .SH EXIT STATUS
            .TP
            0
            done
            .TP
            1
            the study ended without a result that could be published, or what was asked could not be done
            .TP
            2
            the command line or the study file is wrong; nothing was started
            .TP
            130
            interrupted; evolvent resume goes on
            .SH ENVIRONMENT
            .TP
            JAVA_HOME
            the Java to use, 17 or newer; otherwise the one on PATH, or one in the usual places
            .TP
            EVOLVENT_JAVA_OPTS
            more options for the JVM, such as -Xmx4g
            .SH FILES
            .TP
            study.yaml
            what to train and how; evolvent init writes one with comments
            .TP
            evolvent-runs/NAME-1
            a run: its log, its checkpoints, and in best/ the best model and the schedule that made it
            """;

    private ManualPage() {}

    /** Returns the text of {@code evolvent.1}, in the macros of man. */
    static String of(CommandLine command, String version) {
        StringBuilder text = new StringBuilder(".TH EVOLVENT 1 \"\" \"evolvent %s\"\n".formatted(escaped(version)));
        text.append(".SH NAME\nevolvent \\- %s\n".formatted(escaped(Words.description(command.getCommandSpec()))));
        text.append(".SH SYNOPSIS\n.B evolvent\n[\\-\\-help | \\-\\-version]\n.br\n.B evolvent\nCOMMAND [OPTIONS]\n");
        text.append(".SH COMMANDS\n");
        for (CommandSpec subcommand : Words.subcommands(command)) {
            text.append(".SS evolvent %s\n".formatted(escaped(subcommand.name() + arguments(subcommand))));
            text.append(escaped(Words.description(subcommand))).append(".\n");
            for (PositionalParamSpec argument : subcommand.positionalParameters()) {
                text.append(".TP\n.I %s\n%s\n"
                        .formatted(escaped(argument.paramLabel()), escaped(Words.description(argument))));
            }
            for (OptionSpec option : Words.options(subcommand)) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    String names = String.join(", ", option.names());
                    String value = Words.takesValue(option) ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : "";
                    text.append(".TP\n\\fB%s\\fR%s\n%s\n"
                            .formatted(escaped(names), value, escaped(Words.description(option))));
                }
            }
        }
        return text.append(ENDING).toString();
    }

    private static String arguments(CommandSpec command) {
        return command.positionalParameters().stream()
                .map(argument ->
                        argument.arity().min() == 0 ? "[" + argument.paramLabel() + "]" : argument.paramLabel())
                .collect(Collectors.collectingAndThen(Collectors.joining(" "), all -> all.isEmpty() ? "" : " " + all));
    }

    /** A backslash, a hyphen, and a line that begins like a request mean something else to roff. */
    private static String escaped(String text) {
        return Stream.of(text.replace("\\", "\\e").replace("-", "\\-").split("\n", -1))
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .collect(Collectors.joining("\n"));
    }
}
