package org.evolvent.views.internal.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A curve in one line of letters. */
final class Sparkline {
    private Sparkline() {}

    /**
     * Returns a curve.
     *
     * @param positions from 0, the lowest, to 1; null where there is nothing
     * @param width how many letters at most; where there are more positions, each letter has the last of its share
     */
    static String of(List<? extends @Nullable Double> positions, int width, Glyphs glyphs) {
        int letters = Math.min(width, positions.size());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            Double position = positions.get((int) ((long) (i + 1) * positions.size() / letters) - 1);
            line.append(position == null ? ' ' : letter(position, glyphs.levels()));
        }
        return line.toString();
    }

    private static char letter(double position, String levels) {
        return levels.charAt((int) Math.max(0, Math.min(levels.length() - 1.0, position * levels.length())));
    }
}
