package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.evolvent.compare.internal.BestSoFar.Axis;
import org.evolvent.compare.internal.BestSoFar.Moment;
import org.evolvent.compare.internal.Comparison.Improvement;
import org.evolvent.compare.internal.Comparison.Standing;
import org.evolvent.compare.internal.Svg.Anchor;
import org.evolvent.core.internal.statistics.Sample.Interval;
import org.evolvent.core.population.Objective.Goal;

/**
 * A comparison in one picture: above, the best model so far over consumed steps and over wall-clock time; below, the inter-quartile mean
 * in the end and how probable it is that the leader is better. Colours are those of Okabe and Ito, which colour-blind people can tell
 * apart; from the ninth strategy on, lines are dashed as well.
 */
final class Picture {
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#444444", "#8C6D1F");
    private static final List<String> DASHES = List.of("", "7 4", "2 3", "9 3 2 3");
    private static final String INK = "#222222";
    private static final String SOFT = "#666666";
    private static final String GRID = "stroke=\"#e6e6e6\" stroke-width=\"1\"";
    private static final String FRAME = "stroke=\"#999999\" stroke-width=\"1\"";

    private static final int WIDTH = 1080;
    private static final int LEFT = 78;
    private static final int PANEL = 430;
    private static final int GAP = 112;
    private static final int CURVES = 270;
    private static final int ROW = 26;
    private static final int NOTE = 16;
    private static final int LABELS = 140;
    private static final int LONGEST = 22;

    /** What an axis counts in: its label, and how much of what is drawn is one. */
    private record Unit(String label, double size) {}

    private final Comparison comparison;
    private final ComparisonSettings terms;
    private final Map<Axis, Map<Standing, List<Moment>>> curves = new LinkedHashMap<>();

    Picture(Comparison comparison) {
        this.comparison = comparison;
        this.terms = comparison.terms();
        for (Axis axis : Axis.values()) {
            Map<Standing, List<Moment>> all = new LinkedHashMap<>();
            comparison.standings().forEach(standing -> all.put(standing, BestSoFar.of(standing, axis)));
            curves.put(axis, all);
        }
    }

    String svg() {
        int strategies = comparison.standings().size();
        int legend = 92;
        int legendRows = (strategies + 4) / 5;
        int top = legend + legendRows * 20 + 34;
        int below = top + CURVES + 108;
        int rows = Math.max(2, strategies + (comparison.fresh().isPresent() ? 1 : 0));
        int notes = below + rows * ROW + 74;
        int height = notes + terms.notes().size() * NOTE;
        Svg svg = new Svg(WIDTH, height, "%s: %s of several strategies".formatted(terms.name(), terms.metric()));
        svg.text(
                LEFT,
                36,
                20,
                Anchor.START,
                bold(INK),
                "%s: %s of the best model (%s is better)"
                        .formatted(terms.name(), terms.metric(), terms.goal() == Goal.MAXIMIZE ? "more" : "less"));
        svg.text(LEFT, 58, 12, Anchor.START, fill(SOFT), terms.statement());
        svg.text(
                LEFT,
                75,
                12,
                Anchor.START,
                fill(SOFT),
                "Lines and points: inter-quartile mean over seeds %s; bands and bars: 95 %% bootstrap intervals"
                        .formatted(comparison.leader().seeds()));
        legend(svg, legend);
        int right = LEFT + PANEL + GAP;
        curves(svg, Axis.STEPS, LEFT, top, "Over consumed steps", new Unit("training steps, all members together", 1));
        curves(svg, Axis.SECONDS, right, top, "Over wall-clock", time());
        standings(svg, LEFT + LABELS, below, rows);
        improvements(svg, right + LABELS, below, rows);
        for (int i = 0; i < terms.notes().size(); i++) {
            svg.text(
                    LEFT,
                    notes + i * NOTE,
                    11,
                    Anchor.START,
                    fill(SOFT),
                    terms.notes().get(i));
        }
        return svg.end();
    }

    private static String fill(String colour) {
        return "fill=\"%s\"".formatted(colour);
    }

    private static String bold(String colour) {
        return fill(colour) + " font-weight=\"bold\"";
    }

    private String colour(int strategy) {
        return COLOURS.get(strategy % COLOURS.size());
    }

    private String stroke(int strategy) {
        String dashes = DASHES.get(strategy / COLOURS.size() % DASHES.size());
        return "stroke=\"%s\"%s"
                .formatted(colour(strategy), dashes.isEmpty() ? "" : " stroke-dasharray=\"%s\"".formatted(dashes));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "\u2026";
    }

    private void legend(Svg svg, int top) {
        for (int i = 0; i < comparison.standings().size(); i++) {
            double x = LEFT + i % 5 * 195;
            double y = top + i / 5 * 20 + 8;
            svg.line(x, y, x + 26, y, stroke(i) + " stroke-width=\"3\"");
            svg.text(
                    x + 33,
                    y + 4,
                    13,
                    Anchor.START,
                    fill(INK),
                    shortened(comparison.standings().get(i).strategy()));
        }
    }

    /** Returns what to count time in, so that numbers stay small. */
    private Unit time() {
        double end = comparison.standings().stream()
                .mapToDouble(Axis.SECONDS::end)
                .max()
                .orElseThrow();
        String where = " (%s)".formatted(terms.place());
        if (end > 3 * 3600) {
            return new Unit("hours" + where, 3600);
        }
        return end > 300 ? new Unit("minutes" + where, 60) : new Unit("seconds" + where, 1);
    }

    private void curves(Svg svg, Axis axis, int left, int top, String title, Unit unit) {
        Map<Standing, List<Moment>> all = curves.getOrDefault(axis, Map.of());
        double end = all.keySet().stream().mapToDouble(axis::end).max().orElse(1);
        AxisScale x = new AxisScale(0, end > 0 ? end : 1, left, left + PANEL);
        AxisScale y = worth(top + CURVES, top);
        svg.text(left, top - 14, 14, Anchor.START, bold(INK), title);
        for (AxisScale.Tick tick : y.ticks(6)) {
            svg.line(left, y.place(tick.value()), left + PANEL, y.place(tick.value()), GRID);
            svg.text(left - 8, y.place(tick.value()) + 4, 11, Anchor.END, fill(SOFT), tick.label());
        }
        AxisScale counted = new AxisScale(0, x.high() / unit.size(), x.from(), x.to());
        for (AxisScale.Tick tick : counted.ticks(6)) {
            double place = counted.place(tick.value());
            svg.line(place, top + CURVES, place, top + CURVES + 5, FRAME);
            svg.text(place, top + CURVES + 19, 11, Anchor.MIDDLE, fill(SOFT), tick.label());
        }
        int strategy = 0;
        for (List<Moment> curve : all.values()) {
            if (curve.size() > 1) {
                svg.path(band(curve, x, y), true, "%s fill-opacity=\"0.16\"".formatted(fill(colour(strategy))));
            }
            strategy++;
        }
        strategy = 0;
        for (List<Moment> curve : all.values()) {
            if (curve.size() > 1) {
                List<double[]> line = new ArrayList<>();
                curve.forEach(moment -> line.add(new double[] {x.place(moment.at()), y.place(moment.iqm())}));
                svg.path(
                        line,
                        false,
                        "fill=\"none\" stroke-width=\"2.2\" stroke-linejoin=\"round\" " + stroke(strategy));
            }
            strategy++;
        }
        svg.line(left, top + CURVES, left + PANEL, top + CURVES, FRAME);
        svg.line(left, top, left, top + CURVES, FRAME);
        svg.text(left + PANEL / 2.0, top + CURVES + 40, 12, Anchor.MIDDLE, fill(INK), unit.label());
        svg.text(
                left - 56,
                top + CURVES / 2.0,
                12,
                Anchor.MIDDLE,
                fill(INK) + " transform=\"rotate(-90 %s %s)\"".formatted(left - 56, top + CURVES / 2.0),
                "best %s so far".formatted(terms.metric()));
    }

    private static List<double[]> band(List<Moment> curve, AxisScale x, AxisScale y) {
        List<double[]> edge = new ArrayList<>();
        curve.forEach(moment -> edge.add(
                new double[] {x.place(moment.at()), y.place(moment.interval().high())}));
        for (int i = curve.size() - 1; i >= 0; i--) {
            edge.add(new double[] {
                x.place(curve.get(i).at()), y.place(curve.get(i).interval().low())
            });
        }
        return edge;
    }

    /** The scale of both panels of curves. The first seventh of the steps does not count: whatever was drawn first may be very bad. */
    private AxisScale worth(double from, double to) {
        double[] values = curves.getOrDefault(Axis.STEPS, Map.of()).values().stream()
                .flatMap(curve -> curve.stream().filter(moment -> 7 * moment.at() >= terms.allSteps()))
                .flatMapToDouble(moment -> DoubleStream.of(
                        moment.interval().low(), moment.interval().high()))
                .toArray();
        double low = DoubleStream.of(values).min().orElse(0);
        return AxisScale.around(low, DoubleStream.of(values).max().orElse(low + 1), from, to);
    }

    private void standings(Svg svg, int left, int top, int rows) {
        int width = LEFT + PANEL - left;
        List<Standing> standings = comparison.standings();
        Optional<Standing> fresh = comparison.fresh();
        double[] ends = Stream.concat(standings.stream(), fresh.stream())
                .map(Standing::interval)
                .flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high()))
                .filter(Double::isFinite)
                .toArray();
        double low = DoubleStream.of(ends).min().orElse(0);
        AxisScale x = AxisScale.around(low, DoubleStream.of(ends).max().orElse(low + 1), left, left + width);
        svg.text(LEFT, top - 14, 14, Anchor.START, bold(INK), "In the end");
        vertical(svg, x, top, rows, "inter-quartile mean of %s".formatted(terms.metric()));
        int row = 0;
        for (int i = 0; i < standings.size(); i++) {
            Standing standing = standings.get(i);
            whisker(svg, x, top, row++, standing.strategy(), standing.iqm(), standing.interval(), i, false);
            if (i == 0 && fresh.isPresent()) {
                whisker(
                        svg,
                        x,
                        top,
                        row++,
                        shortened(standing.strategy()) + ", fresh seeds",
                        fresh.get().iqm(),
                        fresh.get().interval(),
                        0,
                        true);
            }
        }
    }

    private void improvements(Svg svg, int left, int top, int rows) {
        int width = LEFT + PANEL + GAP + PANEL - left;
        AxisScale x = new AxisScale(0, 1, left, left + width);
        String leader = shortened(comparison.leader().strategy());
        svg.text(
                LEFT + PANEL + GAP,
                top - 14,
                14,
                Anchor.START,
                bold(INK),
                "How probably is %s better than \u2026".formatted(leader));
        vertical(svg, x, top, rows, "probability of improvement (0.5: no difference)");
        svg.line(x.place(0.5), top, x.place(0.5), top + rows * ROW, "stroke=\"#999999\" stroke-dasharray=\"4 3\"");
        int row = 0;
        for (Improvement improvement : comparison.improvements()) {
            row++;
            whisker(
                    svg,
                    x,
                    top,
                    row - 1,
                    improvement.other(),
                    improvement.probability(),
                    improvement.interval(),
                    row,
                    false);
            if (!improvement.isDifference()) {
                double free = x.place(improvement.probability() < 0.5 ? 1 : 0);
                svg.text(
                        improvement.probability() < 0.5 ? free - 6 : free + 6,
                        top + (row - 1) * ROW + ROW / 2.0 + 4,
                        11,
                        improvement.probability() < 0.5 ? Anchor.END : Anchor.START,
                        fill(SOFT),
                        "no difference");
            }
        }
    }

    /** Draws what belongs to an axis whose rows are strategies. */
    private static void vertical(Svg svg, AxisScale x, int top, int rows, String label) {
        double bottom = top + rows * ROW;
        for (AxisScale.Tick tick : x.ticks(6)) {
            svg.line(x.place(tick.value()), top, x.place(tick.value()), bottom, GRID);
            svg.text(x.place(tick.value()), bottom + 19, 11, Anchor.MIDDLE, fill(SOFT), tick.label());
        }
        svg.line(x.from(), bottom, x.to(), bottom, FRAME);
        svg.text((x.from() + x.to()) / 2, bottom + 40, 12, Anchor.MIDDLE, fill(INK), label);
    }

    private void whisker(
            Svg svg,
            AxisScale x,
            int top,
            int row,
            String name,
            double value,
            Interval interval,
            int strategy,
            boolean hollow) {
        double y = top + row * ROW + ROW / 2.0;
        svg.text(x.from() - 10, y + 4, 12, Anchor.END, fill(INK), hollow ? name : shortened(name));
        if (!Double.isFinite(value)) {
            svg.text(x.from() + 6, y + 4, 12, Anchor.START, fill(SOFT), "no score");
            return;
        }
        String stroke = "stroke=\"%s\"".formatted(colour(strategy));
        svg.line(
                x.place(interval.low()),
                y,
                x.place(interval.high()),
                y,
                stroke + " stroke-width=\"6\" stroke-opacity=\"0.35\"");
        svg.circle(
                x.place(value),
                y,
                5,
                hollow ? "fill=\"#ffffff\" stroke-width=\"2.2\" " + stroke : fill(colour(strategy)));
    }
}
