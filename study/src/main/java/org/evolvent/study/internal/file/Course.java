package org.evolvent.study.internal.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.EventStore;

/**
 * What the log of a run says of its study.
 *
 * @param definitions its canonical texts, as it began and after each amendment; empty while the log is
 * @param begun the study as it began, with its amendments
 */
record Course(List<String> definitions, Study begun) {
    /** Returns the course of a study that is to begin. */
    static Course of(Study study) {
        return new Course(List.of(), study);
    }

    /** Returns the canonical texts that a log has of its study. */
    static List<String> definitions(EventStore log) {
        List<String> definitions = new ArrayList<>();
        log.first()
                .filter(Event.StudyCreated.class::isInstance)
                .ifPresent(created -> definitions.add(((Event.StudyCreated) created).definition()));
        log.readAmendments(amended -> definitions.add(amended.definition()));
        return definitions;
    }

    /**
     * Returns the course of a study.
     *
     * @param inForce the study by the last text
     * @param reader gives the study by an earlier text
     */
    static Course of(List<String> definitions, Study inForce, Function<String, Study> reader) {
        Study study = inForce;
        for (int i = definitions.size() - 1; i > 0; i--) {
            study = reader.apply(definitions.get(i - 1)).before(definitions.get(i), study);
        }
        return new Course(List.copyOf(definitions), study);
    }

    boolean isAmended() {
        return definitions.size() > 1;
    }
}
