package org.evolvent.study.spec;

/**
 * Where a value was written.
 *
 * @param source the name of the file as the user gave it, or the option on the command line
 * @param line the line in the file, from 1; 0 for an option
 */
public record SourceLocation(String source, int line) implements Comparable<SourceLocation> {
    private static final int LONGEST_OPTION = 100;

    /** Returns the place of an option such as {@code --set seed=3}, cut where it is long. */
    public static SourceLocation option(String text) {
        return new SourceLocation(
                text.length() <= LONGEST_OPTION ? text : text.substring(0, LONGEST_OPTION) + "...", 0);
    }

    /** Returns the file without the line. */
    public SourceLocation inSameFile() {
        return new SourceLocation(source, 0);
    }

    @Override
    public int compareTo(SourceLocation other) {
        return Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
