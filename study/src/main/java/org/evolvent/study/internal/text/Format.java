package org.evolvent.study.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/** How numbers and hyperparameters look to people: short, and the same in every locale. */
public final class Format {
    private Format() {}

    /** Returns a number with four significant digits at most. */
    public static String number(double number) {
        if (!Double.isFinite(number) || number == 0) {
            return number == 0 ? "0" : Double.toString(number);
        }
        BigDecimal rounded = new BigDecimal(number).round(new MathContext(4)).stripTrailingZeros();
        double size = Math.abs(number);
        return size < 1e-3 || size >= 1e7
                ? String.format(Locale.ROOT, "%.3e", number).replaceAll("\\.?0*e", "e")
                : rounded.toPlainString();
    }

    /** Returns a score; an invalid one is a dash. */
    public static String score(Score score) {
        return score instanceof Score.Valid valid ? number(valid.value()) : "-";
    }

    /** Returns an interval of a member; in place of one, "elsewhere" for what it began with. */
    public static String interval(int interval) {
        return interval == CheckpointRef.ELSEWHERE ? "elsewhere" : Integer.toString(interval);
    }

    /** Returns the value of a hyperparameter. */
    public static String value(Value value) {
        return value instanceof Value.Real real ? number(real.value()) : value.toString();
    }

    /** Returns the value of a hyperparameter; of one that is not active, or was not yet a parameter, a dash. */
    public static String value(SearchSpace space, Parameter parameter, Hyperparameters hyperparameters) {
        return hyperparameters.values().containsKey(parameter.name()) && space.isActive(parameter, hyperparameters)
                ? value(hyperparameters.get(parameter.name()))
                : "-";
    }

    /** Returns hyperparameters in one line: {@code learning_rate 0.01, dropout 0.2}. */
    public static String line(Hyperparameters hyperparameters) {
        return hyperparameters.values().entrySet().stream()
                .map(entry -> entry.getKey() + " " + value(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Returns the differences between two hyperparameters in one line: {@code learning_rate 0.01 -> 0.008}. */
    public static String changes(Hyperparameters before, Hyperparameters after) {
        String changes = after.values().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.values().get(entry.getKey())))
                .map(entry -> change(entry, before))
                .collect(Collectors.joining(", "));
        return changes.isEmpty() ? "nothing" : changes;
    }

    private static String change(Map.Entry<String, Value> entry, Hyperparameters before) {
        return "%s %s -> %s".formatted(entry.getKey(), value(before.get(entry.getKey())), value(entry.getValue()));
    }

    /** Returns a duration as {@code 0:42}, {@code 12:05} or {@code 3:04:59}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** Returns "1 member", "2 members". */
    public static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
