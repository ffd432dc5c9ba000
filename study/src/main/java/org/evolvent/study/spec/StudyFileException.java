package org.evolvent.study.spec;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A study file cannot be used. The message has a paragraph for each problem, in the order of the file. */
public final class StudyFileException extends RuntimeException {
    /** More than anybody mends before trying again. */
    private static final int MOST_TOLD = 100;

    private final List<Problem> problems;

    /** Creates one with at least one problem. */
    public StudyFileException(List<Problem> problems) {
        super(problems.stream()
                        .sorted(Comparator.comparing(Problem::place))
                        .limit(MOST_TOLD)
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"))
                + (problems.size() > MOST_TOLD ? "\nand %s problems more".formatted(problems.size() - MOST_TOLD) : ""));
        this.problems = List.copyOf(problems);
    }

    /** Creates one with a single problem. */
    public StudyFileException(SourceLocation place, String message) {
        this(List.of(new Problem(place, message)));
    }

    /** Returns what is wrong. */
    public List<Problem> problems() {
        return problems;
    }
}
