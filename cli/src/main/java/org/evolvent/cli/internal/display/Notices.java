package org.evolvent.cli.internal.display;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.study.internal.text.Format;

/** What people have to be told of at once: each checkpoint that is lost, once, and what each member that needed it does. Not thread-safe. */
final class Notices {
    private final Set<CheckpointId> told = new HashSet<>();
    private final Set<MemberId> waiting = new HashSet<>();
    private Optional<ReadyPoint> best = Optional.empty();

    /**
     * Returns what there is to tell.
     *
     * @param state the state after these events
     * @param events what was committed together; empty on resuming
     */
    List<String> of(StudyState state, List<? extends Event> events) {
        List<String> notices = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof Event.CheckpointsLost lost) {
                notices.add(notice(lost, state, events.subList(i + 1, events.size())));
            } else if (events.get(i) instanceof Event.Decided decided && waiting.remove(decided.member())) {
                Member member = state.population().get(decided.member());
                notices.add("Member %s, which has lost its weights, %s."
                        .formatted(member.id(), how(member, events.subList(i, events.size()))));
            }
        }
        best = state.population().best();
        return notices;
    }

    private String notice(Event.CheckpointsLost lost, StudyState state, List<? extends Event> rest) {
        List<String> lines = new ArrayList<>();
        Set<CheckpointId> fresh = new HashSet<>(lost.checkpoints());
        fresh.removeAll(told);
        told.addAll(fresh);
        String names = lost.checkpoints().stream()
                .map(CheckpointId::digest)
                .filter(name -> fresh.isEmpty() || !lost.reason().contains(name))
                .collect(Collectors.joining(", "));
        lines.add(
                fresh.isEmpty()
                        ? "Checkpoint %s was lost, as said before.".formatted(names)
                        : "LOST: %s%s".formatted(names.isEmpty() ? "" : names + ": ", lost.reason()));
        best.filter(point -> isAmong(fresh, point.checkpoint())).ifPresent(point -> lines.add(bestLost(point, state)));
        for (MemberId id : lost.stranded()) {
            Member member = state.population().get(id);
            if (member.status() == Status.READY) {
                waiting.add(id);
                lines.add(
                        "Member %s needed it to go on: at the end of the round it copies a healthy member or, where there is none, %s."
                                .formatted(id, alone(member)));
            } else {
                lines.add("Member %s needed it to go on: it %s.".formatted(id, how(member, rest)));
            }
        }
        if (!fresh.isEmpty()) {
            List<String> others = holders(lost, state);
            if (!others.isEmpty()) {
                lines.add("Member%s %s trained on from it: that goes on as long as the weights are in memory."
                        .formatted(others.size() == 1 ? "" : "s", String.join(", ", others)));
            } else if (lost.stranded().isEmpty()) {
                lines.add("No member needs it to go on.");
            }
        }
        return String.join("\n    ", lines);
    }

    private static boolean isAmong(Set<CheckpointId> ids, Optional<CheckpointRef> checkpoint) {
        return checkpoint.filter(ref -> ids.contains(ref.id())).isPresent();
    }

    private static String bestLost(ReadyPoint point, StudyState state) {
        return "It was the best so far, %s by member %s in interval %s; %s."
                .formatted(
                        Format.score(point.score()),
                        point.member(),
                        point.interval(),
                        state.population()
                                .best()
                                .map(left -> "now that is %s by member %s in interval %s"
                                        .formatted(Format.score(left.score()), left.member(), left.interval()))
                                .orElse("no other result is left"));
    }

    /** Returns the members that train from what was lost and were not found to need it. */
    private static List<String> holders(Event.CheckpointsLost lost, StudyState state) {
        Set<CheckpointId> ids = Set.copyOf(lost.checkpoints());
        List<String> holders = new ArrayList<>();
        for (Member member : state.population()) {
            if (member.status() == Status.TRAINING && isAmong(ids, member.parent())) {
                holders.add(member.id().toString());
            }
        }
        return holders;
    }

    /** Returns how a member goes on that has lost what it needed. */
    private static String how(Member member, List<? extends Event> rest) {
        Optional<Decision> decision = rest.stream()
                .filter(Event.Decided.class::isInstance)
                .map(Event.Decided.class::cast)
                .filter(decided -> decided.member().equals(member.id()))
                .map(Event.Decided::decision)
                .findFirst();
        if (decision.isPresent()
                && decision.get() instanceof Decision.Exploit exploit
                && exploit.weights().isPresent()) {
            return "copies member %s, interval %s".formatted(exploit.donor(), exploit.donorInterval());
        }
        return member.status() == Status.STOPPED ? "has stopped" : alone(member);
    }

    private static String alone(Member member) {
        return member.parent()
                .map(ref -> "goes back to the weights of member %s, interval %s, which are kept"
                        .formatted(ref.member(), ref.interval()))
                .orElse("begins anew, with fresh weights");
    }
}
