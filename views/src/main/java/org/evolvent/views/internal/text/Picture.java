package org.evolvent.views.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.view.Axis;
import org.evolvent.views.internal.view.Overview;
import org.evolvent.views.internal.view.Scores;
import org.evolvent.views.internal.view.Source;
import org.evolvent.views.internal.view.Stretch;
import org.jspecify.annotations.Nullable;

/** A study in letters: what it says, its scores and the best's schedule as curves, and the family tree of the living. */
public final class Picture {
    private static final int LEAST_WIDTH = 60;
    private static final int VALUES = 24;

    private final Glyphs glyphs;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private Picture(Glyphs glyphs, int width) {
        this.glyphs = glyphs;
        this.width = Math.max(LEAST_WIDTH, width);
    }

    /**
     * Draws it.
     *
     * @param baseline what happened in the random search with the same budget
     * @param width the letters of a line; fewer than 60 are taken for 60
     */
    public static List<String> of(Source source, Optional<History> baseline, Glyphs glyphs, int width) {
        Picture picture = new Picture(glyphs, width);
        picture.draw(source, Overview.of(source, baseline));
        return picture.lines;
    }

    private void draw(Source source, Overview overview) {
        lines.add("%s: %s".formatted(overview.study(), overview.status().state()));
        wrapped(overview.sentence(), "");
        overview.cards()
                .forEach(card ->
                        lines.add(cut("  %-20s %8s  %s".formatted(card.label(), card.value(), card.meaning()))));
        overview.concerns().forEach(concern -> {
            wrapped(concern.cause(), "! ");
            wrapped(concern.advice(), "  ");
        });
        if (!overview.outlook().isEmpty()) {
            wrapped(overview.outlook(), "");
        }
        if (overview.best() == null) {
            return;
        }
        lines.add("");
        int name = Math.max(
                overview.metric().length() + 7,
                overview.axes().stream()
                        .mapToInt(axis -> axis.name().length())
                        .max()
                        .orElse(0));
        int curve = Math.max(10, width - name - VALUES - 4);
        scores(overview.scores(), name, curve);
        for (int i = 0; i < overview.axes().size(); i++) {
            schedule(overview.axes().get(i), overview.schedule().get(i), overview, name, curve);
        }
        lines.add("");
        lines.add("Family tree of the living (%s ancestry of the best, %s the best model)"
                .formatted(glyphs.heavy(), glyphs.best()));
        lines.addAll(TextTree.of(source.history(), glyphs, width));
    }

    private void scores(Scores scores, int name, int curve) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        List<Double> all = new ArrayList<>();
        for (List<@Nullable Double> values : List.of(scores.best(), scores.median())) {
            for (Double value : values) {
                if (value != null) {
                    all.add(value);
                }
            }
        }
        for (double value : all) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        curve(scores.metric() + " best", scores.best(), low, high, name, curve);
        curve(scores.metric() + " median", scores.median(), low, high, name, curve);
    }

    private void curve(String label, List<@Nullable Double> values, double low, double high, int name, int width) {
        List<@Nullable Double> positions = new ArrayList<>();
        Double last = null;
        for (Double value : values) {
            positions.add(value == null ? null : Double.valueOf(high == low ? 0.5 : (value - low) / (high - low)));
            last = value == null ? last : value;
        }
        line(label, Sparkline.of(positions, width, glyphs), last == null ? "" : Format.number(last), name, width);
    }

    private void schedule(Axis axis, List<Stretch> stretches, Overview overview, int name, int curve) {
        if (stretches.isEmpty()) {
            return;
        }
        long last = Math.max(
                1, overview.scores().steps().get(overview.scores().steps().size() - 1));
        List<@Nullable Double> positions = new ArrayList<>();
        int letters = Math.min(curve, overview.scores().steps().size());
        for (int i = 0; i < letters; i++) {
            long step = last * (i + 1) / letters;
            positions.add(stretches.stream()
                    .filter(stretch -> stretch.from() < step && step <= stretch.to())
                    .findFirst()
                    .map(Stretch::position)
                    .orElse(null));
        }
        Object first = stretches.get(0).value();
        Object end = stretches.get(stretches.size() - 1).value();
        line(
                axis.name(),
                Sparkline.of(positions, curve, glyphs),
                "%s %s %s".formatted(text(first), glyphs.arrow(), text(end)),
                name,
                curve);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value instanceof Double number ? Format.number(number) : value.toString();
    }

    private void line(String label, String curve, String value, int name, int width) {
        lines.add(("  %-" + name + "s  %-" + width + "s  %s")
                .formatted(label, curve, value)
                .stripTrailing());
    }

    private String cut(String line) {
        return line.length() <= width ? line : line.substring(0, width);
    }

    private void wrapped(String text, String indent) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > width && line.length() > indent.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent.length()));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }
}
