package org.evolvent.trainer.internal.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command with placeholders such as {@code {learning_rate}}, which are replaced inside arguments and never seen by a shell, so that a
 * value arrives as it is, whatever it consists of. Braces around anything but a letter and then letters, digits, {@code _}, {@code -} and
 * {@code .} are left alone.
 *
 * <p>An argument that consists of a single placeholder with an empty value is left out together with the option before it, if that
 * begins with {@code -}: {@code --resume {checkpoint_in}} vanishes in the first interval.
 *
 * @param arguments the program and its arguments
 */
public record CommandTemplate(List<String> arguments) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_.-]*)}");

    /** The placeholders that exist beside the hyperparameters, with what they stand for. */
    public static final Map<String, String> RESERVED = Map.of(
            "hyperparameters_json", "a file with all hyperparameters as one JSON object",
            "checkpoint_in", "the directory to resume from; empty in the first interval",
            "checkpoint_out", "the directory to save into; it exists and is empty",
            "steps", "the steps to train in this interval",
            "step", "the steps trained so far",
            "seed", "for all that is random, from 0 to 2^31 - 1",
            "member", "the member's number, from 0",
            "metrics_out", "the file to write: one JSON object of metrics");

    /** Placeholders that a hyperparameter of their name hides: studies had such hyperparameters before these were thought of. */
    static final Map<String, String> HIDEABLE = Map.of(
            "reseed", "for a random stream of its own, where the weights are another member's; empty otherwise",
            "seconds", "how long to train, in a study whose intervals have a time; empty otherwise",
            "steps_out", "the file to write how many steps were trained, if they are not those asked for");

    /** What else is {@code EVOLVENT_*} in the environment. */
    private static final List<String> OF_EVOLVENT = List.of("run", "process", "slot");

    public CommandTemplate {
        arguments = List.copyOf(arguments);
    }

    /** Returns whether a command has any of the reserved placeholders: a plain command, and no trainer that speaks the protocol. */
    public static boolean isPlainCommand(List<String> command) {
        Set<String> used = new CommandTemplate(command).placeholders();
        used.retainAll(RESERVED.keySet());
        return !used.isEmpty();
    }

    /** Returns the names of all placeholders, in the order of their first use. */
    public Set<String> placeholders() {
        Set<String> names = new LinkedHashSet<>();
        for (String argument : arguments) {
            Matcher matcher = PLACEHOLDER.matcher(argument);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /**
     * Checks the placeholders against the search space.
     *
     * @param hyperparameters the names of the search space
     * @throws IllegalArgumentException when a placeholder is unknown, or a hyperparameter has the name of a reserved one
     */
    public void check(Collection<String> hyperparameters) {
        Map<String, String> variables = new TreeMap<>();
        RESERVED.keySet().forEach(name -> variables.put(variable(name), name));
        OF_EVOLVENT.forEach(name -> variables.put(variable(name), name));
        for (String name : hyperparameters) {
            if (RESERVED.containsKey(name)) {
                throw new IllegalArgumentException(
                        "A hyperparameter is named '%s', which stands for %s in a command.\nMaybe use another name?"
                                .formatted(name, RESERVED.get(name)));
            }
            String twin = variables.putIfAbsent(variable(name), name);
            if (twin != null) {
                throw new IllegalArgumentException(
                        "The hyperparameter '%s' is %s in the environment, and so is '%s'.\nMaybe use another name?"
                                .formatted(name, variable(name), twin));
            }
        }
        for (String name : placeholders()) {
            if (!RESERVED.containsKey(name) && !HIDEABLE.containsKey(name) && !hyperparameters.contains(name)) {
                Set<String> known = new TreeSet<>(RESERVED.keySet());
                known.addAll(HIDEABLE.keySet());
                known.addAll(hyperparameters);
                throw new IllegalArgumentException(
                        "The command uses the placeholder {%s}, which does not exist.\nMaybe one of %s?"
                                .formatted(name, known));
            }
        }
    }

    /**
     * Returns the command with every placeholder replaced.
     *
     * @param values by name; placeholders without a value are left alone
     */
    public List<String> fill(Map<String, String> values) {
        List<String> filled = new ArrayList<>();
        for (String argument : arguments) {
            Matcher whole = PLACEHOLDER.matcher(argument);
            if (whole.matches() && "".equals(values.get(whole.group(1)))) {
                int last = filled.size() - 1;
                if (last > 0 && filled.get(last).startsWith("-")) {
                    filled.remove(last);
                }
            } else {
                filled.add(PLACEHOLDER
                        .matcher(argument)
                        .replaceAll(
                                match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group()))));
            }
        }
        return filled;
    }

    /** Returns the environment variable that holds a placeholder's value: {@code EVOLVENT_LEARNING_RATE}. */
    public static String variable(String name) {
        return "EVOLVENT_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }
}
