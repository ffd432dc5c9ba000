package org.evolvent.dist;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion for zsh, with descriptions; picocli's for bash works there, too, but only where a user has set that up. */
final class ZshCompletion {
    private ZshCompletion() {}

    /** Returns the text of {@code _evolvent}, to be found in {@code fpath}. */
    static String of(CommandLine command) {
        StringBuilder text = new StringBuilder("""
                #compdef evolvent
                # Completion of evolvent for zsh; made from the command itself.
                local context state state_descr line
                typeset -A opt_args
                _arguments -C \\
                """);
        text.append(options(command.getCommandSpec())).append("""
                  '1:command:->command' \\
                  '*::argument:->argument' && return
                case $state in
                  command)
                    local -a commands=(
                """);
        for (CommandSpec subcommand : Words.subcommands(command)) {
            text.append("      %s\n".formatted(quoted(subcommand.name() + ":" + Words.description(subcommand))));
        }
        text.append("""
                    )
                    _describe command commands
                    ;;
                  argument)
                    case $line[1] in
                """);
        for (CommandSpec subcommand : Words.subcommands(command)) {
            text.append("      %s)\n        _arguments \\\n".formatted(subcommand.name()));
            text.append(options(subcommand).indent(6));
            List<PositionalParamSpec> arguments = subcommand.positionalParameters();
            boolean files = arguments.stream().anyMatch(Words::isPath);
            text.append("        '*:%s:%s'\n        ;;\n"
                    .formatted(
                            arguments.isEmpty() ? "nothing" : "argument",
                            arguments.isEmpty() ? " " : files ? "_files" : " "));
        }
        return text.append("    esac\n    ;;\nesac\n").toString();
    }

    private static String options(CommandSpec command) {
        return Words.options(command).stream()
                .flatMap(option -> List.of(option.names()).stream().map(name -> option(name, option)))
                .map(word -> "  " + word + " \\\n")
                .collect(Collectors.joining());
    }

    /** Returns {@code '--slots=[How many]:N: '}: a name, what it means, what the value is called and how it is completed. */
    private static String option(String name, OptionSpec option) {
        String repeats = option.isMultiValue() ? "*" : "";
        String meaning = "[" + Words.description(option).replace("[", "\\[").replace("]", "\\]") + "]";
        if (!Words.takesValue(option)) {
            return quoted(repeats + name + meaning);
        }
        List<String> values = Words.values(option);
        String action =
                !values.isEmpty() ? "(" + String.join(" ", values) + ")" : Words.isPath(option) ? "_files" : " ";
        return quoted("%s%s=%s:%s:%s"
                .formatted(repeats, name, meaning, option.paramLabel().replace(":", "\\:"), action));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
