package org.evolvent.views.internal.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.evolvent.core.study.Tally;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Turn;
import org.evolvent.views.internal.tree.DifferentAncestors;
import org.jspecify.annotations.Nullable;

/** The numbers of the overview. */
final class Cards {
    private static final String NOTHING_ENDED = "no attempt has ended yet";

    private Cards() {}

    static List<Card> of(History history, Status status, int slots, DifferentAncestors.Strip strip) {
        List<Card> cards = new ArrayList<>();
        cards.add(done(status));
        cards.add(took(history, status, slots));
        cards.add(copies(history));
        cards.add(failures(history));
        cards.add(ancestors(strip));
        return cards;
    }

    private static Card done(Status status) {
        String share = percent(status.progress(), 1);
        return switch (status.state()) {
            case "running" ->
                new Card(
                        "done",
                        share,
                        status.left() == null
                                ? "of the steps"
                                : "of the steps, about %s left".formatted(time(status.left())));
            case "reading" -> new Card("done", share, "of the steps, as far as the log has been read");
            case "interrupted" -> new Card("done", share, "of the steps; interrupted");
            default -> new Card("done", share, words(status.end()));
        };
    }

    private static String words(@Nullable String end) {
        return switch (end == null ? "" : end) {
            case "budget" -> "the budget is spent";
            case "target" -> "the target is reached";
            case "wall_clock" -> "the time is up";
            default -> "nobody had a score";
        };
    }

    private static Card took(History history, Status status, int slots) {
        String label = List.of("running", "reading").contains(status.state()) ? "has run" : "took";
        if (history.seconds() <= 0) {
            return new Card(label, "-", NOTHING_ENDED);
        }
        String share = percent(history.trained(), slots * history.seconds());
        return new Card(
                label,
                time(history.seconds()),
                "%s of the time of %s was training".formatted(share, Format.count(slots, "slot")));
    }

    private static Card copies(History history) {
        Tally tally = history.state().tally();
        long donors = history.turns().stream()
                .filter(Turn::isCopy)
                .map(Turn::donor)
                .distinct()
                .count();
        return new Card(
                "copies",
                Long.toString(tally.exploits()),
                tally.exploits() == 0
                        ? "nobody was copied; %s ended".formatted(Format.count(tally.intervals(), "interval"))
                        : "%s %s copied; %s ended"
                                .formatted(
                                        Format.count(donors, "member"),
                                        donors == 1 ? "was" : "were",
                                        Format.count(tally.intervals(), "interval")));
    }

    private static Card failures(History history) {
        Tally tally = history.state().tally();
        return new Card(
                "failures",
                Long.toString(tally.failedAttempts()),
                tally.failedAttempts() == 0 && tally.failedIntervals() == 0
                        ? tally.intervals() == 0 ? NOTHING_ENDED : "every attempt gave a score"
                        : "attempts; %s gave no score".formatted(Format.count(tally.failedIntervals(), "interval")));
    }

    private static Card ancestors(DifferentAncestors.Strip strip) {
        int last = strip.numbers().size() - 1;
        return last < 0
                ? new Card("different ancestors", "-", "not enough results yet")
                : new Card(
                        "different ancestors",
                        decimal(strip.numbers().get(last)),
                        "of the living, ten intervals back; %s if copies were by lot"
                                .formatted(decimal(strip.byLot().get(last))));
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    static String time(double seconds) {
        return Format.duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    static String percent(double part, double whole) {
        return whole <= 0 ? "0 %" : String.format(Locale.ROOT, "%d %%", Math.round(Math.min(1, part / whole) * 100));
    }
}
