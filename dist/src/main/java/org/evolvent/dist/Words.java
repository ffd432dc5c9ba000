package org.evolvent.dist;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What completions and the manual say about a command and its options. */
final class Words {
    private Words() {}

    /** Returns the subcommands, in the order in which the command's own help lists them. */
    static List<CommandSpec> subcommands(CommandLine command) {
        return command.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .distinct()
                .toList();
    }

    /** Returns what a command does, in one line. */
    static String description(CommandSpec command) {
        return line(command.usageMessage().description());
    }

    /** Returns what an option or an argument means, in one line, without a percent sign that picocli had escaped. */
    static String description(ArgSpec argument) {
        return line(argument.description());
    }

    /** Returns the options that a user is shown. */
    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(option -> !option.hidden()).toList();
    }

    /** Returns whether an option is followed by a value. */
    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** Returns the values that an option can only have; empty if it may have any. */
    static List<String> values(OptionSpec option) {
        return option.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(option.completionCandidates().spliterator(), false)
                        .toList();
    }

    /** Returns whether an option or an argument names a file or a directory. */
    static boolean isPath(ArgSpec argument) {
        return argument.type() == Path.class
                || Stream.of(argument.auxiliaryTypes()).anyMatch(type -> type == Path.class);
    }

    private static String line(String[] text) {
        return Stream.of(text)
                .map(String::strip)
                .collect(Collectors.joining(" "))
                .replace("%%", "%");
    }
}
