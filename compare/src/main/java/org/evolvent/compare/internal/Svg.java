package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes SVG elements, one a line. Not thread-safe. */
final class Svg {
    /** Where a text stands relative to its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder out = new StringBuilder();

    Svg(int width, int height, String title) {
        out.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">\n"
                        .formatted(width, height, width, height));
        out.append("<title>%s</title>\n".formatted(escaped(title)));
        out.append("<rect width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>\n".formatted(width, height));
    }

    String end() {
        return out + "</svg>\n";
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        out.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" %s/>\n".formatted(n(x1), n(y1), n(x2), n(y2), style));
    }

    void circle(double x, double y, double radius, String style) {
        out.append("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s/>\n".formatted(n(x), n(y), n(radius), style));
    }

    void rect(double x, double y, double width, double height, String style) {
        out.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" %s/>\n"
                .formatted(n(x), n(y), n(width), n(height), style));
    }

    /** Draws a line through points, {@code x, y} each. */
    void path(List<double[]> points, boolean closed, String style) {
        List<String> places = new ArrayList<>();
        for (double[] point : points) {
            places.add(n(point[0]) + "," + n(point[1]));
        }
        out.append("<path d=\"M%s%s\" %s/>\n".formatted(String.join("L", places), closed ? "Z" : "", style));
    }

    void text(double x, double y, int size, Anchor anchor, String style, String text) {
        out.append("<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\" %s>%s</text>\n"
                .formatted(n(x), n(y), size, anchor.name().toLowerCase(Locale.ROOT), style, escaped(text)));
    }

    /** Returns a coordinate with one decimal, the same in every locale. */
    private static String n(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
