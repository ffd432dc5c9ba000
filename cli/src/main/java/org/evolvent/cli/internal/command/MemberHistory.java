package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.study.internal.text.Format;

/** What one member did and why, event by event. */
final class MemberHistory {
    private final MemberId member;
    private final SearchSpace space;
    private final PrintStream out;
    private boolean stranded;

    MemberHistory(MemberId member, SearchSpace space, PrintStream out) {
        this.member = member;
        this.space = space;
        this.out = out;
    }

    /** Tells an event that concerns the member. */
    void tell(Event event) {
        if (event instanceof Event.PopulationCreated created) {
            created.founders().stream()
                    .filter(founder -> founder.member().equals(member))
                    .forEach(this::founded);
        } else if (event instanceof Event.IntervalFinished finished) {
            trained(finished);
        } else if (event instanceof Event.IntervalSuspended suspended) {
            out.println("interval %s, attempt %s was suspended at step %s, at %s: the next one goes on from there"
                    .formatted(
                            suspended.attempt().interval(),
                            suspended.attempt().number(),
                            suspended.attempt().stepTo(),
                            when(suspended.execution())));
        } else if (event instanceof Event.AttemptFailed failed) {
            out.println("interval %s, attempt %s failed at %s: %s"
                    .formatted(
                            failed.attempt().interval(),
                            failed.attempt().number(),
                            when(failed.execution()),
                            failed.message()));
        } else if (event instanceof Event.Decided decided) {
            decided(decided.decision());
        } else if (event instanceof Event.CheckpointsLost lost) {
            lost(lost);
        }
    }

    private void founded(Event.Founder founder) {
        out.println("begins at step %s with weights from elsewhere: %s (checkpoint %s)"
                .formatted(founder.step(), founder.origin(), founder.weights()));
    }

    private void lost(Event.CheckpointsLost lost) {
        boolean needed = lost.stranded().contains(member);
        stranded |= needed;
        out.println("LOST: %s: %s"
                .formatted(
                        needed ? "the weights that it needed to go on" : "weights that it had made or copied",
                        lost.reason()));
    }

    private void trained(Event.IntervalFinished finished) {
        Attempt attempt = finished.attempt();
        String from = attempt.parent()
                .filter(ref -> stranded || !ref.member().equals(member))
                .map(ref -> " on the weights of member %s, interval %s"
                        .formatted(ref.member(), Format.interval(ref.interval())))
                .orElse(stranded ? " on fresh weights" : "");
        stranded = false;
        out.println("interval %s: step %s to %s%s, %s; over at %s"
                .formatted(
                        attempt.interval(),
                        attempt.stepFrom(),
                        attempt.stepTo(),
                        from,
                        scored(finished.score()),
                        when(finished.execution())));
        out.println("    " + Format.line(space.active(attempt.hyperparameters())));
    }

    private static String when(Execution execution) {
        String where = execution.place().map(place -> ", on " + place).orElse("");
        return execution.finishedAt().truncatedTo(ChronoUnit.SECONDS) + where;
    }

    private static String scored(Score score) {
        if (score instanceof Score.Valid valid) {
            return "score " + Format.number(valid.value());
        }
        return score instanceof Score.Invalid invalid
                ? "no score: " + invalid.reason()
                : "no score: " + ((Score.Absent) score).reason();
    }

    private void decided(Decision decision) {
        if (decision instanceof Decision.Exploit exploit) {
            String what = exploit.weights().isPresent()
                    ? exploit.before().equals(exploit.after()) ? "the weights" : "weights and hyperparameters"
                    : "the hyperparameters";
            out.println("  copies %s of member %s, interval %s: %s"
                    .formatted(what, exploit.donor(), Format.interval(exploit.donorInterval()), exploit.reason()));
        } else if (decision instanceof Decision.Explore explore) {
            out.println(
                    "  explores %s: %s".formatted(Format.changes(explore.before(), explore.after()), explore.reason()));
        } else if (decision instanceof Decision.Stop) {
            out.println("  stops: " + decision.reason());
        } else {
            out.println("  goes on: " + decision.reason());
        }
        evidence(decision.evidence());
    }

    private void evidence(Evidence evidence) {
        Map<String, Object> facts = evidence.facts();
        if (!facts.isEmpty()) {
            out.println(facts.entrySet().stream()
                    .map(fact -> fact.getKey() + " " + shown(fact.getValue()))
                    .collect(Collectors.joining(", ", "      ", "")));
        }
    }

    private static String shown(Object fact) {
        return fact instanceof Double number ? Format.number(number) : String.valueOf(fact);
    }
}
