package org.evolvent.views.internal.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.population.Member;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/**
 * The family tree of the living models, and of the best one: a row for each, time to the right, the best's ancestry straight across. Lines
 * that left a line later lie nearer to it, so that none crosses another on its way.
 */
final class TextTree {
    private static final int MOST_ROWS = 40;
    private static final int LABEL = 6;

    private final History history;
    private final Glyphs glyphs;
    private final int columns;
    private final long last;
    private final int best;
    private final boolean[] ofBest;
    private final int[] weight;
    private final Map<Integer, List<Integer>> children = new LinkedHashMap<>();
    private final List<Line> founders = new ArrayList<>();
    private int folded;

    /** Weights that go on from some interval to a leaf, and where others left them. */
    private static final class Line {
        private final int first;
        private final List<Line> below = new ArrayList<>();
        private int end;
        private int row;
        private int holder = -1;

        /** Whether its weights are those of another line, which its holder has not trained yet. */
        private boolean isStub;

        private Line(int first) {
            this.first = first;
            this.end = first;
        }

        private int members() {
            return 1 + below.stream().mapToInt(Line::members).sum();
        }
    }

    private TextTree(History history, Glyphs glyphs, int width) {
        this.history = history;
        this.glyphs = glyphs;
        this.columns = Math.max(10, width - LABEL - 16);
        this.last = Math.max(
                1, history.intervals().stream().mapToLong(Interval::to).max().orElse(1));
        int size = history.intervals().size();
        this.best = history.best().map(Interval::index).orElse(-1);
        this.ofBest = new boolean[size];
        for (int at = best; at >= 0; at = history.intervals().get(at).parent()) {
            ofBest[at] = true;
        }
        this.weight = new int[size];
    }

    /**
     * Returns the tree.
     *
     * @param width the letters of a line, at least 40
     */
    static List<String> of(History history, Glyphs glyphs, int width) {
        return new TextTree(history, glyphs, width).lines();
    }

    private List<String> lines() {
        Map<Integer, List<Integer>> holders = holders();
        grow(holders);
        List<Line> rows = placed();
        List<String> lines = new ArrayList<>(draw(rows));
        lines.add(axis());
        if (folded > 0) {
            lines.add("and %s more, with lower scores".formatted(Format.count(folded, "member")));
        }
        return lines;
    }

    /** Returns the living members by the interval whose weights they hold; the largest families first where they are too many. */
    private Map<Integer, List<Integer>> holders() {
        Map<Integer, List<Integer>> holders = new LinkedHashMap<>();
        List<Integer> members = new ArrayList<>();
        for (Member member : history.state().population()) {
            if (member.isPresent() && history.holds(member) >= 0) {
                members.add(member.id().index());
            }
        }
        if (members.size() > MOST_ROWS) {
            int bests = history.best().map(Interval::member).orElse(-1);
            members.sort(Comparator.comparingInt((Integer member) -> member == bests ? -1 : 0)
                    .thenComparing(Comparator.comparingDouble(this::fitness).reversed()));
            folded = members.size() - MOST_ROWS;
            members.subList(MOST_ROWS, members.size()).clear();
        }
        for (int member : members) {
            int held = history.holds(history.member(member));
            holders.computeIfAbsent(held, index -> new ArrayList<>()).add(member);
        }
        return holders;
    }

    private double fitness(int member) {
        return history.member(member).last().map(point -> point.fitness()).orElse(Double.NEGATIVE_INFINITY);
    }

    private void grow(Map<Integer, List<Integer>> holders) {
        holders.forEach((index, members) -> weight[index] += members.size());
        if (best >= 0 && weight[best] == 0) {
            weight[best] = 1;
        }
        for (int i = weight.length - 1; i >= 0; i--) {
            int parent = history.intervals().get(i).parent();
            if (weight[i] > 0 && parent >= 0) {
                weight[parent] += weight[i];
                children.computeIfAbsent(parent, index -> new ArrayList<>()).add(i);
            }
        }
        for (int i = 0; i < weight.length; i++) {
            if (weight[i] > 0 && history.intervals().get(i).parent() < 0) {
                founders.add(line(i, holders));
            }
        }
        founders.sort(Comparator.comparing((Line line) -> !ofBest[line.first])
                .thenComparing(Comparator.comparingInt(Line::members).reversed()));
    }

    private Line line(int first, Map<Integer, List<Integer>> holders) {
        Line line = new Line(first);
        int at = first;
        while (true) {
            line.end = at;
            List<Integer> next = new ArrayList<>(children.getOrDefault(at, List.of()));
            List<Integer> held = holders.getOrDefault(at, List.of());
            next.sort(Comparator.comparing((Integer index) -> !ofBest[index])
                    .thenComparing(Comparator.comparingInt((Integer index) -> weight[index])
                            .reversed()));
            boolean ends = next.isEmpty();
            if (ends && !held.isEmpty()) {
                line.holder = held.get(0);
            }
            // Members that have copied these weights and have not trained them yet.
            for (int member : held.subList(ends && !held.isEmpty() ? 1 : 0, held.size())) {
                Line stub = new Line(at);
                stub.holder = member;
                stub.isStub = true;
                line.below.add(stub);
            }
            if (ends) {
                return line;
            }
            for (int child : next.subList(1, next.size())) {
                line.below.add(line(child, holders));
            }
            at = next.get(0);
        }
    }

    /** Returns the lines from the top row to the bottom one. */
    private List<Line> placed() {
        List<Line> rows = new ArrayList<>();
        int above = 0;
        for (Line founder : founders) {
            List<Line> block = block(founder);
            if (above <= rows.size() - above) {
                rows.addAll(0, block);
                above += block.size();
            } else {
                rows.addAll(block);
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).row = i;
        }
        return rows;
    }

    private List<Line> block(Line line) {
        List<Line> above = new ArrayList<>();
        List<Line> below = new ArrayList<>();
        for (int i = line.below.size() - 1; i >= 0; i--) {
            List<Line> child = block(line.below.get(i));
            if (above.size() <= below.size()) {
                above.addAll(0, child);
            } else {
                below.addAll(child);
            }
        }
        above.add(line);
        above.addAll(below);
        return above;
    }

    private int column(long step) {
        return (int) (step * (columns - 1) / last);
    }

    private List<String> draw(List<Line> rows) {
        char[][] cells = new char[rows.size()][columns];
        for (char[] row : cells) {
            Arrays.fill(row, ' ');
        }
        rows.forEach(line -> across(cells[line.row], line));
        rows.forEach(line -> line.below.forEach(child ->
                cells[child.row][begin(child)] = child.row < line.row ? glyphs.begunBelow() : glyphs.begunAbove()));
        rows.forEach(line -> line.below.forEach(child -> along(cells, line, child)));
        List<String> lines = new ArrayList<>();
        for (Line line : rows) {
            Interval first = history.intervals().get(line.first);
            String founder = first.parent() < 0 && founders.contains(line) ? "" + first.member() : "";
            lines.add(("%" + (LABEL - 2) + "s  %s  %s")
                    .formatted(founder, new String(cells[line.row]), label(line))
                    .stripTrailing());
        }
        return lines;
    }

    private void across(char[] row, Line line) {
        Interval first = history.intervals().get(line.first);
        int from = column(line.isStub ? first.to() : first.from());
        Arrays.fill(row, from, column(history.intervals().get(line.end).to()) + 1, glyphs.across());
        if (line.isStub) {
            return;
        }
        for (int at = best; at >= line.first; at = history.intervals().get(at).parent()) {
            if (isOn(line, at)) {
                Interval of = history.intervals().get(at);
                Arrays.fill(row, column(of.from()), column(of.to()) + 1, glyphs.heavy());
            }
        }
        if (best >= 0 && isOn(line, best)) {
            row[column(history.intervals().get(best).to())] = glyphs.best();
        }
    }

    private boolean isOn(Line line, int index) {
        for (int at = line.end; at >= 0; at = history.intervals().get(at).parent()) {
            if (at == index) {
                return true;
            }
            if (at == line.first) {
                return false;
            }
        }
        return false;
    }

    private int begin(Line child) {
        Interval first = history.intervals().get(child.first);
        return column(child.isStub ? first.to() : first.from());
    }

    private void along(char[][] cells, Line parent, Line child) {
        int column = begin(child);
        int step = child.row < parent.row ? 1 : -1;
        for (int row = child.row + step; row != parent.row; row += step) {
            char before = cells[row][column];
            boolean isBegin = before == glyphs.begunAbove() || before == glyphs.begunBelow();
            cells[row][column] = before == ' ' ? glyphs.along() : isBegin ? glyphs.joined() : passed(before);
        }
        cells[parent.row][column] = forked(cells[parent.row][column], step > 0);
    }

    private char passed(char before) {
        return before == glyphs.along() || before == glyphs.joined() ? before : glyphs.crossed();
    }

    private char forked(char before, boolean isAbove) {
        if (before == glyphs.best()) {
            return before;
        }
        String forks = glyphs.forks();
        int known = forks.indexOf(before);
        boolean isHeavy = before == glyphs.heavy() || known >= 3;
        int side = isAbove ? 0 : 1;
        boolean isBoth = known >= 0 && known % 3 != side;
        return forks.charAt((isHeavy ? 3 : 0) + (isBoth ? 2 : side));
    }

    private String label(Line line) {
        if (line.holder < 0) {
            return best >= 0 && isOn(line, best) ? "the best, no longer held" : "";
        }
        return "%4d  %s"
                .formatted(
                        line.holder,
                        history.member(line.holder)
                                .last()
                                .map(point -> Format.score(point.score()))
                                .orElse("-"));
    }

    private String axis() {
        StringBuilder axis = new StringBuilder(" ".repeat(LABEL));
        int ticks = Math.max(2, columns / 12);
        for (int i = 0; i <= ticks; i++) {
            long step = last * i / ticks;
            int at = LABEL + column(step);
            if (at >= axis.length()) {
                axis.append(" ".repeat(at - axis.length())).append(step).append(' ');
            }
        }
        return axis.append(" step").toString();
    }
}
