package org.evolvent.cli.internal.display;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns; numbers stand right, words left. Not thread-safe. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** Starts a table with its headings. */
    public Table(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    /** Adds a row with as many cells as there are headings. */
    public Table row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("The row %s has %s cells but must have %s"
                    .formatted(cells, cells.size(), rows.get(0).size()));
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Returns the lines, headings first. */
    public List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            right[c] = rows.size() > 1;
            for (int r = 0; r < rows.size(); r++) {
                String cell = rows.get(r).get(c);
                widths[c] = Math.max(widths[c], cell.length());
                right[c] &= r == 0 || cell.isEmpty() || cell.matches("[-+0-9].*|NaN|-?Infinity");
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String pad = " ".repeat(widths[c] - row.get(c).length());
                line.append(c == 0 ? "" : "  ").append(right[c] ? pad + row.get(c) : row.get(c) + pad);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
