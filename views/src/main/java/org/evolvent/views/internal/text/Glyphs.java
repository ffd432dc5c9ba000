package org.evolvent.views.internal.text;

/**
 * What pictures are made of.
 *
 * @param levels of sparklines, from the lowest to the highest
 * @param across a line to the right; by the ancestry of the best
 * @param heavy the same of the best's ancestry
 * @param along a line up and down
 * @param crossed where both cross on their ways
 * @param joined where lines begin from the same one
 * @param begunAbove where a line begins that hangs from one above it
 * @param begunBelow where a line begins that stands on one below it
 * @param forks where lines leave a line: upwards, downwards, both; then the same of the best's ancestry
 * @param best the best model
 * @param arrow between a value and the next
 */
public record Glyphs(
        String levels,
        char across,
        char heavy,
        char along,
        char crossed,
        char joined,
        char begunAbove,
        char begunBelow,
        String forks,
        char best,
        String arrow) {
    /** For terminals that show Unicode. */
    public static final Glyphs UNICODE = new Glyphs("▁▂▃▄▅▆▇█", '─', '━', '│', '┼', '├', '└', '┌', "┴┬┼┷┯┿", '★', "→");

    /** For all others. */
    public static final Glyphs ASCII = new Glyphs("_.-=+*#@", '-', '=', '|', '+', '+', '+', '+', "++++++", '*', "->");
}
