package org.evolvent.core.internal.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;

/**
 * The first field in which what the log says differs from what was derived.
 *
 * @param what the field
 * @param logged its value in the log
 * @param derived the value that follows
 * @param wordsOnly whether nothing but a reason or its evidence differs
 */
record Difference(String what, String logged, String derived, boolean wordsOnly) {
    /** Returns where two attempts differ. */
    static Optional<Difference> between(Attempt logged, Attempt derived) {
        Fields fields = new Fields("of %s".formatted(logged));
        fields.compare("the interval", logged.interval(), derived.interval());
        fields.compare("the number", logged.number(), derived.number());
        fields.compare("the first step", logged.stepFrom(), derived.stepFrom());
        fields.compare("the number of steps", logged.steps(), derived.steps());
        fields.compare("the weights that it starts from", logged.parent(), derived.parent());
        fields.compare("the trainer's seed", logged.seed(), derived.seed());
        fields.compare("the random stream of the copy", logged.reseed(), derived.reseed());
        fields.compare("the time of the interval", logged.time(), derived.time());
        fields.compare("the hyperparameters", logged.hyperparameters(), derived.hyperparameters());
        return fields.first();
    }

    /** Returns where two hyperparameters differ. */
    static Optional<Difference> between(Hyperparameters logged, Hyperparameters derived, String of) {
        Fields fields = new Fields(of);
        fields.compare("the hyperparameters", logged, derived);
        return fields.first();
    }

    /** Returns where two scores differ; of scores that are both invalid, or both absent, only the words can. */
    static Optional<Difference> between(Score logged, Score derived, String of) {
        Fields fields = new Fields(of);
        if (logged.isValid() || !logged.getClass().equals(derived.getClass())) {
            fields.compare("the score", logged, derived);
        } else {
            fields.words("the score", logged, derived);
        }
        return fields.first();
    }

    /** Returns where two decisions differ. */
    static Optional<Difference> between(Event.Decided logged, Event.Decided derived) {
        if (logged.equals(derived)) {
            return Optional.empty();
        }
        if (!logged.member().equals(derived.member()) || logged.interval() != derived.interval()) {
            return Optional.of(new Difference("who decides", subject(logged), subject(derived), false));
        }
        Fields fields = new Fields(about(derived.member(), derived.interval()));
        Decision is = logged.decision();
        Decision should = derived.decision();
        fields.compare("the decision", kind(is), kind(should));
        if (is instanceof Decision.Exploit copy && should instanceof Decision.Exploit other) {
            fields.compare("the donor", copy.donor(), other.donor());
            fields.compare("the donor's interval", copy.donorInterval(), other.donorInterval());
            fields.compare("the copied weights", copy.weights(), other.weights());
            fields.compare("the hyperparameters before", copy.before(), other.before());
            fields.compare("the hyperparameters after", copy.after(), other.after());
        } else if (is instanceof Decision.Explore change && should instanceof Decision.Explore other) {
            fields.compare("the hyperparameters before", change.before(), other.before());
            fields.compare("the hyperparameters after", change.after(), other.after());
        }
        fields.words("the reason", is.reason(), should.reason());
        fields.words("the evidence", is.evidence().facts(), should.evidence().facts());
        return fields.first();
    }

    /** Returns where two amendments of the same study to the same other one differ. */
    static Optional<Difference> between(Event.StudyAmended logged, Event.StudyAmended derived) {
        Fields fields = new Fields("in the amendment");
        fields.compare("the members that leave", logged.left(), derived.left());
        fields.compare("the members that join", logged.joined(), derived.joined());
        fields.compare("the changed hyperparameters", logged.hyperparameters(), derived.hyperparameters());
        return fields.first();
    }

    /** Returns the words for whom a decision is about. */
    static String about(MemberId member, int interval) {
        return "of member %s after interval %s".formatted(member, interval);
    }

    static String subject(Event.Decided decided) {
        return "member %s after interval %s (%s)"
                .formatted(decided.member(), decided.interval(), kind(decided.decision()));
    }

    /** Returns a decision's kind as the log's views spell it. */
    static String kind(Decision decision) {
        if (decision instanceof Decision.Exploit) {
            return "exploit";
        }
        if (decision instanceof Decision.Explore) {
            return "explore";
        }
        return decision instanceof Decision.Stop ? "stop" : "continue";
    }

    /** Remembers the first field that differs. */
    private static final class Fields {
        private final String of;
        private Optional<Difference> first = Optional.empty();

        Fields(String of) {
            this.of = of;
        }

        void compare(String what, Object logged, Object derived) {
            note(what, logged, derived, false);
        }

        void words(String what, Object logged, Object derived) {
            note(what, logged, derived, true);
        }

        private void note(String what, Object logged, Object derived, boolean wordsOnly) {
            if (first.isEmpty() && !logged.equals(derived)) {
                boolean both = logged instanceof Hyperparameters && derived instanceof Hyperparameters;
                first = Optional.of(new Difference(
                        what + " " + of,
                        both ? odd((Hyperparameters) logged, (Hyperparameters) derived) : shown(logged),
                        both ? odd((Hyperparameters) derived, (Hyperparameters) logged) : shown(derived),
                        wordsOnly));
            }
        }

        Optional<Difference> first() {
            return first;
        }

        /** Only what the other has not. */
        private static String odd(Hyperparameters these, Hyperparameters others) {
            Map<String, Value> odd = new LinkedHashMap<>(these.values());
            others.values().forEach((name, value) -> odd.computeIfPresent(name, (n, v) -> v.equals(value) ? null : v));
            return odd.entrySet().stream()
                    .map(entry -> entry.getKey() + " = " + entry.getValue())
                    .collect(Collectors.joining(", "));
        }

        private static String shown(Object value) {
            Object inner = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (inner instanceof CheckpointRef ref) {
                return "those of member %s, interval %s, step %s (%s)"
                        .formatted(ref.member(), ref.interval(), ref.step(), ref.id());
            }
            if (inner instanceof Score.Valid valid) {
                return Double.toString(valid.value());
            }
            if (inner instanceof Score.Absent absent) {
                return "absent: " + absent.reason();
            }
            return inner instanceof Score.Invalid invalid
                    ? "none: " + invalid.reason()
                    : Objects.toString(inner, "none");
        }
    }

    /** Returns an event as a message names it. */
    static String described(Event event) {
        String kind = event.getClass().getSimpleName();
        if (event instanceof Event.IntervalFinished finished) {
            return "%s of %s".formatted(kind, finished.attempt());
        }
        if (event instanceof Event.AttemptFailed failed) {
            return "%s of %s".formatted(kind, failed.attempt());
        }
        if (event instanceof Event.IntervalSuspended suspended) {
            return "%s of %s".formatted(kind, suspended.attempt());
        }
        if (event instanceof Event.Decided decided) {
            return "%s by %s".formatted(kind, subject(decided));
        }
        return event instanceof Event.StudyEnded ended ? "%s: %s".formatted(kind, ended.reason()) : kind;
    }
}
