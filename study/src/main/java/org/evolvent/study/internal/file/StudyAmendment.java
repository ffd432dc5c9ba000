package org.evolvent.study.internal.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.Member;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.study.Amendment;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Snapshot;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.SourceLocation;
import org.evolvent.study.spec.StudyFileException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The change of a study that has begun: by the difference between what its log says and what its study file and the settings ask for. All
 * but what would make the history meaningless may change. It is in the log before anything else happens, once or not at all.
 */
public final class StudyAmendment {
    /** Whose history would mean nothing with another value, and why. */
    private static final Map<String, String> KEPT = kept();

    private StudyAmendment() {}

    private static Map<String, String> kept() {
        Map<String, String> kept = new LinkedHashMap<>();
        String measured = "the scores so far are of that one, and with others they could not be compared";
        kept.put("objective.metric", measured);
        kept.put("objective.goal", measured);
        kept.put("rules", "they say how the log itself is read");
        kept.put(
                "initial",
                "the first members have begun with it; it may be left out (initial: []). Maybe let others join, with a larger population, or begin a study from this one");
        return kept;
    }

    /** Returns a change in words. */
    public static String words(Event.Change change) {
        return "Amended: %s is %s from here on and was %s"
                .formatted(
                        change.key(),
                        change.to().orElse("not there"),
                        change.from().orElse("not there"));
    }

    /** Returns the keys of the study file that cannot be changed in a study that has begun, with the reasons; parameters have their own. */
    public static Map<String, String> refused() {
        return KEPT;
    }

    /** An amendment that was made, and the study that goes on. */
    public record Made(List<Event.Change> changes, StudyFile file) {}

    /**
     * Amends the study of a run if it is asked for another one.
     *
     * @param file what is asked for
     * @param copies whether members that join begin with weights of others
     * @throws StudyFileException when that would make the history meaningless; nothing is changed then
     */
    public static Made apply(RunDirectory run, StudyFile file, boolean copies, Instant at) {
        List<String> definitions = Course.definitions(run.events());
        if (definitions.isEmpty()) {
            return new Made(List.of(), file);
        }
        String inForce = definitions.get(definitions.size() - 1);
        if (inForce.equals(Definition.isOfVersion1(inForce) ? file.definitionOfVersion1() : file.definition())) {
            return new Made(List.of(), on(run, file, definitions));
        }
        StudyFile before = StudyFile.inForce(run, file.runs());
        List<Event.Change> changes = changes(before.definition(), file.definition());
        Snapshot latest = run.snapshots().latest(before.begun(), before.definitionIn(run.events()));
        StudyState state = Snapshot.atTheEnd(latest, run.events(), event -> {}).state();
        requireMeaning(file, changes, before, state);
        List<String> more = new ArrayList<>(definitions);
        more.add(file.definition());
        run.amend(
                Amendment.of(state, file.definition(), file.study(), changes, copies, at),
                "# As amended.\n" + file.spec().toYaml(),
                definitions.size());
        return new Made(changes, on(run, file, more));
    }

    private static StudyFile on(RunDirectory run, StudyFile file, List<String> definitions) {
        return file.on(Course.of(
                definitions,
                file.study(),
                text -> StudyFile.logged(run, text, file.runs()).study()));
    }

    /** What the first members began with says nothing any more, but may stand in the way of a space without it. */
    private static boolean isLeftOut(Event.Change change) {
        return change.key().equals("initial") && change.to().orElse("[]").equals("[]");
    }

    private static void requireMeaning(StudyFile file, List<Event.Change> changes, StudyFile before, StudyState state) {
        SourceLocation place = new SourceLocation(file.source(), 0);
        List<Problem> problems = new ArrayList<>();
        for (Event.Change change : changes) {
            String reason = KEPT.get(change.key());
            if (reason != null && !isLeftOut(change)) {
                problems.add(new Problem(
                        place,
                        "%s is %s but must stay %s in a study that has begun: %s"
                                .formatted(
                                        change.key(),
                                        change.to().orElse("not there"),
                                        change.from().orElse("absent"),
                                        reason)));
            }
        }
        Map<String, Parameter> now = new LinkedHashMap<>();
        file.study().space().parameters().forEach(parameter -> now.put(parameter.name(), parameter));
        for (Parameter was : before.study().space().parameters()) {
            Parameter is = now.remove(was.name());
            if (is == null) {
                problems.add(new Problem(
                        place,
                        "space has no %s but must keep it: all weights so far were trained with it.\nMaybe make it a choice of one value?"
                                .formatted(was.name())));
            } else if (is.domain().getClass() != was.domain().getClass()) {
                problems.add(new Problem(
                        place,
                        "space.%s is %s but must stay of the kind of %s: all weights so far were trained with such values"
                                .formatted(is.name(), is.domain(), was.domain())));
            } else if (is.fixed()) {
                requireFixed(is, state, place, problems);
            }
        }
        for (Parameter added : now.values()) {
            if (added.fixed()) {
                problems.add(new Problem(
                        place,
                        "space.%s is fixed but must not be, since it is new: the weights so far were made without it"
                                .formatted(added.name())));
            }
        }
        if (!problems.isEmpty()) {
            throw new StudyFileException(problems);
        }
    }

    /** Weights of four layers do not become weights of two. */
    private static void requireFixed(
            Parameter parameter, StudyState state, SourceLocation place, List<Problem> problems) {
        for (Member member : state.population()) {
            if (member.isPresent()
                    && !parameter.domain().contains(member.hyperparameters().get(parameter.name()))) {
                problems.add(new Problem(
                        place,
                        "space.%s is %s but must contain %s, which member %s has: it is fixed, and goes with the weights"
                                .formatted(
                                        parameter.name(),
                                        parameter.domain(),
                                        member.hyperparameters().get(parameter.name()),
                                        member.id())));
                return;
            }
        }
    }

    /** Returns what differs between two definitions, in the keys of the study file. */
    static List<Event.Change> changes(String before, String after) {
        Map<String, Object> from = new LinkedHashMap<>(Definition.plain(before));
        Map<String, Object> to = new LinkedHashMap<>(Definition.plain(after));
        // The first rules are not written.
        from.putIfAbsent("rules", "1");
        to.putIfAbsent("rules", "1");
        List<Event.Change> changes = new ArrayList<>();
        compare("", from, to, changes);
        return changes;
    }

    /** Mappings are compared by key, unless they have none in common: another operator is one change, with all that belongs to it. */
    private static void compare(String path, @Nullable Object from, @Nullable Object to, List<Event.Change> changes) {
        if (Objects.equals(from, to)) {
            return;
        }
        if (from instanceof Map<?, ?> was
                && to instanceof Map<?, ?> is
                && !Collections.disjoint(was.keySet(), is.keySet())) {
            Set<Object> keys = new LinkedHashSet<>(was.keySet());
            keys.addAll(is.keySet());
            keys.forEach(key -> compare(Tree.join(path, String.valueOf(key)), was.get(key), is.get(key), changes));
        } else {
            changes.add(new Event.Change(path, text(from), text(to)));
        }
    }

    private static Optional<String> text(@Nullable Object plain) {
        return Optional.ofNullable(plain)
                .map(value -> value instanceof String text
                        ? text
                        : JsonMapper.shared().writeValueAsString(value));
    }
}
