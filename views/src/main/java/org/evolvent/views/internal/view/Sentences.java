package org.evolvent.views.internal.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evolvent.core.internal.exploit.NoExploit;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Study;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.jspecify.annotations.Nullable;

/** What views say, computed. Each has a form for each case. */
final class Sentences {
    /** Of which the beginning is enough for people. */
    private static final Pattern LONG_DIGEST = Pattern.compile("([0-9a-f]{12})[0-9a-f]{52}");

    /** So many metrics beside the score are told. */
    private static final int MOST_METRICS = 2;

    private Sentences() {}

    /** Returns how many members there are. */
    static int living(History history) {
        int living = 0;
        for (Member member : history.state().population()) {
            living += member.isPresent() ? 1 : 0;
        }
        return living;
    }

    static String overview(History history, Optional<BestModel> best, Optional<Interval> baseline) {
        if (best.isEmpty()) {
            return nothingYet(history);
        }
        return model(history, best.get())
                + beginning(history, best.get())
                + due(history)
                + earlier(history, best.get())
                + family(history, best.get())
                + baseline.map(random -> worth(history, best.get(), random)).orElse("");
    }

    /** Says why there is no best model, or not yet. */
    static String nothingYet(History history) {
        if (history.intervals().isEmpty()) {
            return history.failures().isEmpty()
                    ? "No results yet: %s train their first intervals."
                                    .formatted(Format.count(living(history), "member"))
                            + due(history)
                    : "No results yet, and %s failed: %s"
                            .formatted(
                                    Format.count(history.failures().size(), "attempt"),
                                    history.failures().get(0).message());
        }
        return "No model has a valid score. The first result: "
                + history.intervals().get(0).absence();
    }

    static String model(History history, BestModel best) {
        String metric = history.study().objective().metric();
        return "The best model is member %s's (%s %s at step %s%s)."
                .formatted(
                        best.member(),
                        metric,
                        Format.number(best.score()),
                        best.step(),
                        others("; ", metric, best.metrics()));
    }

    /** Says what else was reported of a model, which has selected nothing: the first metrics beside the score. */
    private static String others(String before, String metric, Map<String, Double> metrics) {
        String words = metrics.entrySet().stream()
                .filter(other -> !other.getKey().equals(metric))
                .limit(MOST_METRICS)
                .map(other -> other.getKey() + " " + Format.number(other.getValue()))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "" : before + words;
    }

    private static String beginning(History history, BestModel best) {
        return switch (best.moves()) {
            case 0 ->
                " Its weights were trained by this member alone%s."
                        .formatted(history.state().tally().exploits() > 0 ? "" : ": nobody was copied");
            case 1 -> " Its weights began in member %s and moved once.".formatted(best.founder());
            default -> " Its weights began in member %s and moved %s.".formatted(best.founder(), times(best.moves()));
        };
    }

    /** Says when the first copies are due, as long as nobody is that far. */
    private static String due(History history) {
        Study study = history.study();
        boolean copies = study.strategy() instanceof Pbt pbt && !(pbt.exploit() instanceof NoExploit);
        if (!copies || study.intervalTime().isPresent() || history.state().end().isPresent()) {
            return "";
        }
        long intervals = Math.max(1, (study.burnInSteps() + study.intervalSteps() - 1) / study.intervalSteps());
        long step = intervals * study.intervalSteps();
        return history.intervals().stream().anyMatch(interval -> interval.to() >= step)
                ? ""
                : " The first copies are due at step %s%s."
                        .formatted(step, study.burnInSteps() > study.intervalSteps() ? ", after the burn-in" : "");
    }

    private static String earlier(History history, BestModel best) {
        return history.founder(best.founder())
                .filter(founder -> history.ancestry(best.node()).get(0).interval() == 0)
                .map(founder -> " Member %s began with weights from elsewhere: %s."
                        .formatted(
                                best.founder(),
                                LONG_DIGEST.matcher(founder.origin()).replaceAll("$1...")))
                .orElse("");
    }

    private static String family(History history, BestModel best) {
        OptionalLong since = Founders.oneSince(history);
        if (since.isEmpty()) {
            return "";
        }
        return " Since step %s all %s living models descend from %s, as they do sooner or later where models are copied."
                .formatted(since.getAsLong(), living(history), best.moves() == 0 ? "one founder" : "that founder");
    }

    private static String worth(History history, BestModel best, Interval random) {
        Objective objective = history.study().objective();
        double ahead = objective.fitness(best.score()) - objective.fitness(random.score());
        String others = others(" (", objective.metric(), random.metrics());
        String found = "Random search with the same budget found %s%s"
                .formatted(Format.number(random.score()), others.isEmpty() ? "" : others + ")");
        if (ahead == 0) {
            return " %s as well.".formatted(found);
        }
        return " %s, which is %s by %s."
                .formatted(found, ahead > 0 ? "worse" : "better", difference(best.score(), random.score()));
    }

    /** Returns a difference with no more decimals than the numbers beside it have, unless it would be 0. */
    private static String difference(double one, double other) {
        double difference = Math.abs(one - other);
        if (!Double.isFinite(difference)) {
            return Format.number(difference);
        }
        int decimals = Stream.of(one, other)
                .map(Format::number)
                .filter(number -> !number.contains("e"))
                .mapToInt(number -> Math.max(0, new BigDecimal(number).scale()))
                .max()
                .orElse(0);
        BigDecimal rounded = new BigDecimal(difference).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? Format.number(difference) : Format.number(rounded.doubleValue());
    }

    static String schedules(History history, List<Interval> ancestry) {
        if (ancestry.isEmpty()) {
            return nothingYet(history);
        }
        Parameter most = null;
        int changes = 0;
        int all = 0;
        for (Parameter parameter : history.study().space().parameters()) {
            int stretches =
                    Stretch.of(history.study().space(), parameter, ancestry).size() - 1;
            all += stretches;
            if (stretches > changes) {
                changes = stretches;
                most = parameter;
            }
        }
        if (most == null) {
            return "The best model was trained with the same hyperparameters from its first step to its last.";
        }
        List<Stretch> moved = Stretch.of(history.study().space(), most, ancestry);
        return "The best model's hyperparameters changed %s. Most often changed %s, which went from %s to %s."
                .formatted(
                        times(all),
                        most.name(),
                        text(moved.get(0).value()),
                        text(moved.get(moved.size() - 1).value()));
    }

    /** Returns "once", "twice", "3 times". */
    static String times(long count) {
        return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
    }

    /** Returns a value as people read it. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        return value instanceof Double number ? Format.number(number) : value.toString();
    }
}
