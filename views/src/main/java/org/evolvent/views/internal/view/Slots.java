package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.History;

/**
 * What ran where, and when did nothing run?
 *
 * @param sentence what there is to see
 * @param seconds the seconds that the study has run, over all its sessions
 * @param rows the slots in which something ran
 * @param causes why slots may have run nothing, in words that follow a time
 */
public record Slots(String sentence, double seconds, List<Row> rows, Map<IdleCause, String> causes) {
    /** More boxes than this, of all slots, are merged: they could not be told apart. */
    private static final int MOST_BOXES = 12_000;

    private static final int LEAST_BOXES = 100;

    /** A gap that lasted less than this share of the study could not be pointed at. */
    private static final double SHORTEST_GAP = 1.0 / 2000;

    private static final double LEAST_SHARE = 0.01;

    /**
     * A slot.
     *
     * @param slot its number, from 0
     * @param boxes what ran in it, the first one first
     * @param busy the seconds in which an attempt ran in it
     * @param training the seconds of these that they trained
     * @param gaps when nothing ran, the first one first, without those that were too short to be seen
     * @param idle the seconds that nothing ran, for each of the causes
     * @param stays the places that it had, the first one first
     */
    public record Row(
            int slot,
            List<Box> boxes,
            double busy,
            double training,
            List<Gap> gaps,
            Map<IdleCause, Double> idle,
            List<Stay> stays) {}

    /**
     * A time in which a slot ran nothing.
     *
     * @param from the seconds of the study at its beginning
     * @param to the seconds of the study at its end
     * @param cause why; of two causes the one that lasted longer
     */
    public record Gap(double from, double to, IdleCause cause) {}

    /**
     * What ran in a slot.
     *
     * @param from the seconds of the study at its beginning
     * @param to the seconds of the study at its end
     * @param member whose attempt; -1 where several are merged
     * @param interval the member's interval; -1 where several are merged
     * @param kind {@code best} of the best model's ancestry, {@code trained}, {@code part} of an interval that another attempt went on with,
     *     {@code failed}, {@code lost} through the fault of the place, or {@code several}
     * @param busy the share of the time that something ran, from 0 to 1
     */
    public record Box(double from, double to, int member, int interval, String kind, double busy) {}

    /** Computes it. */
    public static Slots of(History history, int slots) {
        List<List<Ran>> ran = Ran.of(history);
        List<List<Box>> boxes =
                ran.stream().map(own -> own.stream().map(Ran::box).toList()).toList();
        int most = Math.max(LEAST_BOXES, MOST_BOXES / Math.max(1, boxes.size()));
        Idle idle = new Idle(history, boxes);
        List<Row> rows = new ArrayList<>();
        for (int slot = 0; slot < boxes.size(); slot++) {
            List<Box> own = boxes.get(slot);
            Map<IdleCause, Double> seconds = new EnumMap<>(IdleCause.class);
            List<Gap> gaps = idle.gaps(own, seconds).stream()
                    .filter(gap -> gap.to() - gap.from() > SHORTEST_GAP * history.seconds())
                    .toList();
            rows.add(new Row(
                    slot,
                    own.size() <= most ? own : merged(own, history.seconds(), most),
                    busy(own),
                    ran.get(slot).stream().mapToDouble(Ran::training).sum(),
                    gaps,
                    seconds,
                    Stay.of(ran.get(slot))));
        }
        Map<IdleCause, String> causes = new EnumMap<>(IdleCause.class);
        for (IdleCause cause : IdleCause.values()) {
            causes.put(cause, cause.words(history.study().mode()));
        }
        return new Slots(sentence(history, rows, slots, causes), history.seconds(), rows, causes);
    }

    /** What an attempt leaves behind is stored while the next one of its slot has begun: such times count once. */
    private static double busy(List<Box> boxes) {
        double busy = 0;
        double at = 0;
        for (Box box : boxes) {
            busy += Math.max(0, box.to() - Math.max(box.from(), at));
            at = Math.max(at, box.to());
        }
        return busy;
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

    private static String sentence(History history, List<Row> rows, int slots, Map<IdleCause, String> words) {
        double available = slots * history.seconds();
        if (rows.isEmpty() || available <= 0) {
            return "Nothing has ended yet.";
        }
        double busy = rows.stream().mapToDouble(Row::busy).sum();
        return "%s ran attempts %s of the time, and trained %s of it; starting, restoring and saving took the difference.%s"
                .formatted(
                        Format.count(slots, "slot"),
                        Cards.percent(busy, available),
                        Cards.percent(history.trained(), available),
                        idle(rows, slots, history.seconds(), words));
    }

    /** The causes that come to at least one percent, the largest first. */
    private static String idle(List<Row> rows, int slots, double seconds, Map<IdleCause, String> words) {
        Map<IdleCause, Double> sums = new EnumMap<>(IdleCause.class);
        rows.forEach(row -> row.idle().forEach((cause, idle) -> sums.merge(cause, idle, Double::sum)));
        sums.merge(IdleCause.UNUSED, (slots - rows.size()) * seconds, Double::sum);
        String parts = sums.entrySet().stream()
                .filter(sum -> sum.getValue() >= LEAST_SHARE * slots * seconds)
                .sorted(Map.Entry.<IdleCause, Double>comparingByValue().reversed())
                .map(sum -> Cards.percent(sum.getValue(), slots * seconds) + " " + words.get(sum.getKey()))
                .collect(Collectors.joining("; "));
        return parts.isEmpty() ? "" : " Idle: %s.".formatted(parts);
    }
}
