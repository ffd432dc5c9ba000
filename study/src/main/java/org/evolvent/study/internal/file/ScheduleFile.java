package org.evolvent.study.internal.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.SourceLocation;
import org.evolvent.study.spec.StudyFileException;

/**
 * A {@code schedule.json}: the hyperparameters that made a model.
 *
 * @param score what the model scored
 * @param segments from the first step to the last, without gaps, at least one
 * @param beginning the checkpoint that the first begins with; empty for freshly initialised weights
 */
public record ScheduleFile(double score, List<Segment> segments, Optional<String> beginning) {
    public ScheduleFile {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a schedule.
     *
     * @param space the study's search space
     * @throws StudyFileException when it is not there, or is no schedule of this space
     */
    public static ScheduleFile read(Path file, SearchSpace space) {
        List<Problem> problems = new ArrayList<>();
        // JSON is YAML, and so its problems have a place.
        Optional<ScheduleFile> schedule = YamlReader.file(file.toString(), text(file), problems)
                .flatMap(tree -> Fields.of(tree, "{score: 0.97, schedule: [...]}", problems))
                .flatMap(fields -> schedule(fields, space));
        if (schedule.isEmpty() || !problems.isEmpty()) {
            throw new StudyFileException(problems);
        }
        return schedule.get();
    }

    private static String text(Path file) {
        try {
            return TextFile.read(file);
        } catch (IOException e) {
            throw new StudyFileException(
                    new SourceLocation(file.toString(), 0),
                    "cannot be read (%s).\nMaybe no member had a score yet, or no checkpoint of those that had is intact: evolvent status and evolvent verify say more."
                            .formatted(e instanceof NoSuchFileException ? "there is no such file" : e));
        }
    }

    private static Optional<ScheduleFile> schedule(Fields fields, SearchSpace space) {
        Optional<Double> score = fields.require("score", "0.97").flatMap(fields::number);
        Optional<Tree> list = fields.require("schedule", "[...]");
        Optional<String> beginning = fields.take("begins_with").flatMap(fields::text);
        List<Segment> segments = new ArrayList<>();
        for (Tree item : list.flatMap(tree -> fields.items(tree, "[{from_step: 0, ...}]"))
                .orElse(List.of())) {
            Fields.of(item, "{from_step: 0, to_step: 500, ...}", fields.problems())
                    .flatMap(inner -> segment(inner, space))
                    .ifPresent(segments::add);
        }
        long expected =
                beginning.isPresent() && !segments.isEmpty() ? segments.get(0).fromStep() : 0;
        for (Segment segment : segments) {
            if (segment.fromStep() != expected || segment.toStep() <= expected) {
                fields.problems()
                        .add(new Problem(
                                list.map(Tree::place).orElse(fields.place()),
                                "schedule has a segment from step %s to %s where one that begins at %s must be"
                                        .formatted(segment.fromStep(), segment.toStep(), expected)));
                return Optional.empty();
            }
            expected = segment.toStep();
        }
        if (segments.isEmpty() && fields.problems().isEmpty()) {
            fields.problems().add(new Problem(fields.place(), "schedule is empty but must have at least one segment"));
        }
        return score.filter(found -> !segments.isEmpty()).map(found -> new ScheduleFile(found, segments, beginning));
    }

    private static Optional<Segment> segment(Fields fields, SearchSpace space) {
        Optional<Long> from = whole(fields, "from_step");
        Optional<Long> to = whole(fields, "to_step");
        Optional<Long> member = whole(fields, "member");
        Optional<Long> interval = whole(fields, "interval");
        Optional<Hyperparameters> point =
                fields.requireFields("hyperparameters", "{...}").flatMap(inner -> SpaceReader.point(inner, space));
        return from.flatMap(first -> to.flatMap(last -> member.flatMap(who -> interval.flatMap(which ->
                point.map(what -> new Segment(first, last, new MemberId(who.intValue()), which.intValue(), what))))));
    }

    private static Optional<Long> whole(Fields fields, String key) {
        return fields.require(key, "0")
                .flatMap(tree -> fields.whole(tree, 0, key.endsWith("step") ? Long.MAX_VALUE : Integer.MAX_VALUE));
    }
}
