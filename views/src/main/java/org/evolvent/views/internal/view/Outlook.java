package org.evolvent.views.internal.view;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evolvent.views.internal.history.History;

/** Whether a study needs its reader, and what it has still to do for the comparison with random search. */
final class Outlook {
    private Outlook() {}

    /**
     * Returns it in words.
     *
     * @param baseline what happened in the random search with the same budget
     * @param isQuiet whether nothing needs attention
     */
    static String of(Source source, Status status, Optional<History> baseline, boolean isQuiet) {
        if (source.isReading()) {
            return "Whether anything needs you is told when its whole log has been read.";
        }
        return Stream.of(isQuiet ? quiet(status) : "", comparison(source, status, baseline))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String quiet(Status status) {
        return status.state().equals("running")
                ? "Nothing needs you: the study goes on by itself."
                : "Nothing needs you: the study is over.";
    }

    private static String comparison(Source source, Status status, Optional<History> baseline) {
        if (baseline.flatMap(random -> random.state().end()).isPresent()) {
            return "One study of each does not say how sure the difference is; evolvent compare runs several.";
        }
        // Without a driver, what is left of it is a concern.
        if (source.driver().isEmpty() || !isBaselineLeft(source, baseline)) {
            return "";
        }
        if (status.state().equals("running")) {
            return "Random search with the same budget, to compare with, comes after it.";
        }
        return baseline.map(random -> "Random search with the same budget, to compare with, is at %s."
                        .formatted(Cards.percent(
                                Status.of(random, source.driver(), false).progress(), 1)))
                .orElse("Random search with the same budget, to compare with, is about to begin.");
    }

    /** Returns whether the study asks for random search with the same budget that has not come to its end. */
    static boolean isBaselineLeft(Source source, Optional<History> baseline) {
        return source.asksForBaseline()
                && baseline.flatMap(random -> random.state().end()).isEmpty();
    }
}
