package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.study.Tally;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.Failure;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/** What needs attention in a study, and what to do about it. */
final class Concerns {
    private static final int MOST = 3;

    /** Failures of fewer attempts than one in so many are nothing to worry about. */
    private static final long RARE = 20;

    /** Nearer to an end of its domain than this a value is at the end. */
    private static final double AT_THE_END = 0.01;

    private Concerns() {}

    /**
     * Returns them, the worst first.
     *
     * @param baseline what happened in the random search with the same budget
     * @param isNarrow whether hardly more than one ancestor is left, and no better model came of it
     */
    static List<Concern> of(Source source, Status status, Optional<History> baseline, boolean isNarrow) {
        if (source.isReading()) {
            return List.of();
        }
        History history = source.history();
        String directory = source.directory();
        List<Concern> all = new ArrayList<>();
        if (status.state().equals("interrupted")) {
            all.add(new Concern(
                    "Nobody drives this study, and it is not over.",
                    "Go on with: evolvent resume %s".formatted(directory),
                    "overview"));
        } else if (source.driver().isEmpty() && Outlook.isBaselineLeft(source, baseline)) {
            all.add(new Concern(
                    "Random search with the same budget, to compare with, has not %s."
                            .formatted(baseline.isEmpty() ? "run yet" : "come to its end"),
                    "Go on with: evolvent resume %s".formatted(directory),
                    "overview"));
        }
        failures(history, directory).ifPresent(all::add);
        invalid(history, directory).ifPresent(all::add);
        if (isNarrow) {
            all.add(new Concern(
                    "All models descend from hardly more than one of ten intervals ago, and no better one came of it.",
                    "A smaller fraction of the strategy, or sub-populations (mf_pbt), keep more of them alive",
                    "tree"));
        }
        behind(history, status, baseline.flatMap(History::best).map(Interval::score))
                .ifPresent(all::add);
        atTheEnd(history).ifPresent(all::add);
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static Optional<Concern> failures(History history, String directory) {
        Tally tally = history.state().tally();
        long failed = tally.failedAttempts();
        if (failed == 0 || failed * RARE < tally.intervals()) {
            return Optional.empty();
        }
        List<Failure> failures =
                history.failures().stream().filter(Failure::isTrainers).toList();
        Map<String, Long> messages =
                failures.stream().collect(Collectors.groupingBy(failure -> firstLine(failure), Collectors.counting()));
        String most = messages.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        return Optional.of(new Concern(
                "%s failed, most often: %s".formatted(Format.count(failed, "attempt"), most),
                "See what was printed: evolvent logs %s --member %s"
                        .formatted(directory, failures.get(failures.size() - 1).member()),
                "slots"));
    }

    private static String firstLine(Failure failure) {
        return failure.message().lines().findFirst().orElse("");
    }

    private static Optional<Concern> invalid(History history, String directory) {
        List<Interval> without =
                history.intervals().stream().filter(one -> !one.isValid()).toList();
        if (without.isEmpty() || without.size() * RARE < history.intervals().size()) {
            return Optional.empty();
        }
        return Optional.of(new Concern(
                "%s of %s have no valid score: %s"
                        .formatted(
                                without.size(),
                                Format.count(history.intervals().size(), "result"),
                                without.get(0).absence()),
                "A smaller range of what makes them diverge, or: evolvent logs %s --member %s"
                        .formatted(directory, without.get(without.size() - 1).member()),
                "population"));
    }

    private static Optional<Concern> behind(History history, Status status, Optional<Double> baseline) {
        Objective objective = history.study().objective();
        if (!status.state().equals("done")
                || baseline.isEmpty()
                || history.best().isEmpty()) {
            return Optional.empty();
        }
        double best = history.best().get().score();
        return objective.fitness(best) < objective.fitness(baseline.get())
                ? Optional.of(new Concern(
                        "Random search found a better model: %s, against %s."
                                .formatted(Format.number(baseline.get()), Format.number(best)),
                        "Longer studies, more members or shorter intervals give selection more to do",
                        "overview"))
                : Optional.empty();
    }

    /** The best model's last value of a hyperparameter is the last that its domain has. */
    private static Optional<Concern> atTheEnd(History history) {
        if (history.best().isEmpty()) {
            return Optional.empty();
        }
        Interval best = history.best().get();
        for (Parameter parameter : history.study().space().parameters()) {
            double position = Axis.position(history.study().space(), parameter, best.hyperparameters());
            boolean isLow = position <= AT_THE_END;
            if (parameter.isMovable()
                    && parameter.domain().isOrdered()
                    && parameter.domain().size() > 20
                    && (isLow ? !beginsAtZero(parameter.domain()) : position >= 1 - AT_THE_END)) {
                return Optional.of(new Concern(
                        "The best model's %s is at the %s end of its range: %s."
                                .formatted(
                                        parameter.name(),
                                        isLow ? "lower" : "upper",
                                        Format.value(best.hyperparameters().get(parameter.name()))),
                        "Maybe a wider range is better: docs/amending.md says how to change it in a study that has begun",
                        "schedules"));
            }
        }
        return Optional.empty();
    }

    /** What begins at 0, such as a dropout, mostly means nothing below. */
    private static boolean beginsAtZero(Domain domain) {
        return domain instanceof Reals reals ? reals.low() == 0 : domain instanceof Ints ints && ints.low() == 0;
    }
}
