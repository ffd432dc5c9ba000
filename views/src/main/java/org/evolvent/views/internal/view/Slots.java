package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.Failure;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/**
 * What ran where, and when did nothing run?
 *
 * @param sentence what there is to see
 * @param seconds the seconds that the study has run, over all its sessions
 * @param rows the slots
 */
public record Slots(String sentence, double seconds, List<Row> rows) {
    /** More boxes than this, of all slots, are merged: they could not be told apart. */
    private static final int MOST_BOXES = 12_000;

    private static final int LEAST_BOXES = 100;

    /**
     * A slot.
     *
     * @param slot its number, from 0
     * @param boxes what ran in it, the first one first
     * @param busy the seconds that attempts ran in it
     * @param training the seconds of these that they trained
     */
    public record Row(int slot, List<Box> boxes, double busy, double training) {}

    /**
     * What ran in a slot.
     *
     * @param from the seconds of the study at its beginning
     * @param to the seconds of the study at its end
     * @param member whose attempt; -1 where several are merged
     * @param interval the member's interval; -1 where several are merged
     * @param kind {@code best} of the best model's ancestry, {@code trained}, {@code failed}, {@code lost} through the fault of the place, or
     *     {@code several}
     * @param busy the share of the time that something ran, from 0 to 1
     */
    public record Box(double from, double to, int member, int interval, String kind, double busy) {}

    /** Computes it. */
    public static Slots of(History history, int slots) {
        boolean[] isBest = new boolean[history.intervals().size()];
        history.best()
                .ifPresent(best -> history.ancestry(best.index()).forEach(interval -> isBest[interval.index()] = true));
        List<List<Box>> boxes = new ArrayList<>();
        List<double[]> trained = new ArrayList<>();
        for (Interval interval : history.intervals()) {
            at(boxes, interval.slot())
                    .add(new Box(
                            interval.started(),
                            interval.finished(),
                            interval.member(),
                            interval.interval(),
                            isBest[interval.index()] ? "best" : "trained",
                            1));
            while (trained.size() < boxes.size()) {
                trained.add(new double[1]);
            }
            trained.get(interval.slot())[0] += interval.training();
        }
        for (Failure failure : history.failures()) {
            at(boxes, failure.slot())
                    .add(new Box(
                            failure.started(),
                            failure.finished(),
                            failure.member(),
                            failure.interval(),
                            failure.isTrainers() ? "failed" : "lost",
                            1));
        }
        int most = Math.max(LEAST_BOXES, MOST_BOXES / Math.max(1, boxes.size()));
        List<Row> rows = new ArrayList<>();
        for (int slot = 0; slot < boxes.size(); slot++) {
            List<Box> own = boxes.get(slot);
            own.sort(Comparator.comparingDouble(Box::from));
            rows.add(new Row(
                    slot,
                    own.size() <= most ? own : merged(own, history.seconds(), most),
                    own.stream().mapToDouble(box -> box.to() - box.from()).sum(),
                    slot < trained.size() ? trained.get(slot)[0] : 0));
        }
        return new Slots(sentence(history, rows, slots), history.seconds(), rows);
    }

    private static List<Box> at(List<List<Box>> boxes, int slot) {
        while (boxes.size() <= slot) {
            boxes.add(new ArrayList<>());
        }
        return boxes.get(slot);
    }

    private static List<Box> merged(List<Box> boxes, double seconds, int most) {
        double width = Math.max(seconds, 1e-9) / most;
        double[] busy = new double[most];
        for (Box box : boxes) {
            int first = (int) Math.min(most - 1.0, box.from() / width);
            int last = (int) Math.min(most - 1.0, box.to() / width);
            for (int i = first; i <= last; i++) {
                busy[i] += Math.max(0, Math.min(box.to(), (i + 1) * width) - Math.max(box.from(), i * width)) / width;
            }
        }
        List<Box> merged = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            if (busy[i] > 0) {
                merged.add(new Box(i * width, (i + 1) * width, -1, -1, "several", Math.min(1, busy[i])));
            }
        }
        return merged;
    }

    private static String sentence(History history, List<Row> rows, int slots) {
        double available = slots * history.seconds();
        if (rows.isEmpty() || available <= 0) {
            return "Nothing has ended yet.";
        }
        double busy = rows.stream().mapToDouble(Row::busy).sum();
        return "%s ran attempts %s of the time, and trained %s of it."
                .formatted(
                        Format.count(slots, "slot"),
                        Cards.percent(busy, available),
                        Cards.percent(history.trained(), available));
    }
}
