package org.evolvent.views.internal.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family tree of weights to be drawn: straight lines, copies between them at right angles, and bands to scale for what there is no room for.
 *
 * @param height the rows that it takes; rows are counted from the top, where the first line's is at least 0
 * @param from where on the axis the first visible interval begins
 * @param to where the last one ends
 * @param lineages how many lines there are in the window, drawn or not
 * @param lines those that are drawn, the worthiest first
 * @param bands the others
 * @param star the best model; empty while there is none or it is not visible
 */
public record FamilyTree(
        double height, long from, long to, int lineages, List<Line> lines, List<Band> bands, List<Star> star) {
    /**
     * A line: a chain of intervals. Lists have an element for each interval but for {@code hosts} and {@code failures}.
     *
     * @param id the index of its first interval, visible or not; the same in every layout
     * @param row its row
     * @param parent the line that its weights were copied from; -1 for a founder, and where that is not visible
     * @param from where it begins, which is where the weights were left that it took over
     * @param bestTo where the ancestry of the best ends that it is the straight line of; -1 for any other
     * @param lives whether a member holds the weights at its end now
     * @param isCut whether its end lies behind the window
     * @param score the last score that was reported; null where it is invalid
     * @param nodes its intervals
     * @param ends where they end
     * @param levels their values' colours, from 0 to 63; -1 where there is no value
     * @param hosts who held the weights, from the first
     * @param failures where attempts to train the weights further failed
     */
    public record Line(
            int id,
            double row,
            int parent,
            long from,
            long bestTo,
            boolean lives,
            boolean isCut,
            @Nullable Double score,
            List<Integer> nodes,
            List<Long> ends,
            List<Integer> levels,
            List<Host> hosts,
            List<Long> failures) {}

    /**
     * A member that held a line's weights.
     *
     * @param member who
     * @param from where it began to train them
     */
    public record Host(int member, long from) {}

    /**
     * What is folded around a line.
     *
     * @param line the line; -1 for what descends from none that is drawn
     * @param row its row
     * @param lineages how many lines are folded
     * @param edges where its thickness changes
     * @param thicknesses how thick it is from each edge on, in rows; the last is 0
     */
    public record Band(int line, double row, int lineages, List<Long> edges, List<Double> thicknesses) {}

    /**
     * The best model.
     *
     * @param node the interval that made it
     * @param at where that ended
     * @param row the row of its line, or of the line around which it is folded
     */
    public record Star(int node, long at, double row) {}
}
