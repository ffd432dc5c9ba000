package org.evolvent.dist;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion for fish, which picocli has none for. */
final class FishCompletion {
    private FishCompletion() {}

    /** Returns the text of {@code evolvent.fish}. */
    static String of(CommandLine command) {
        StringBuilder text = new StringBuilder("# Completion of evolvent for fish; made from the command itself.\n");
        for (CommandSpec subcommand : Words.subcommands(command)) {
            text.append("complete -c evolvent -f -n __fish_use_subcommand -a %s -d %s\n"
                    .formatted(subcommand.name(), quoted(Words.description(subcommand))));
        }
        appendOptions(text, "__fish_use_subcommand", command.getCommandSpec());
        for (CommandSpec subcommand : Words.subcommands(command)) {
            String seen = "'__fish_seen_subcommand_from " + subcommand.name() + "'";
            if (subcommand.positionalParameters().stream().noneMatch(Words::isPath)) {
                text.append("complete -c evolvent -f -n ").append(seen).append('\n');
            }
            appendOptions(text, seen, subcommand);
        }
        return text.toString();
    }

    private static void appendOptions(StringBuilder text, String condition, CommandSpec command) {
        for (OptionSpec option : Words.options(command)) {
            text.append("complete -c evolvent -n ").append(condition);
            for (String name : option.names()) {
                text.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
            }
            if (!Words.values(option).isEmpty()) {
                text.append(" -x -a ").append(quoted(String.join(" ", Words.values(option))));
            } else if (Words.takesValue(option)) {
                text.append(Words.isPath(option) ? " -r -F" : " -x");
            }
            text.append(" -d ").append(quoted(Words.description(option))).append('\n');
        }
    }

    /** In single quotes fish knows two escapes only. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
