package org.evolvent.core.internal.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/**
 * Why a member did what it did after an interval.
 *
 * @param event the number of its first decision in the log, from 1
 * @param point what it had published
 * @param members how many were compared
 * @param ranking the results that were compared, from best to worst: the latest of everybody, or those of one step; whoever had published
 *     nothing since it copied is not in it
 * @param key the 64 bits that all random numbers of this decision came from
 * @param logged what it decided, as the log says
 * @param derived what follows from the events before; empty when the strategy cannot be asked here
 * @param changes what became of each hyperparameter, in the order of the space
 * @param losses the checkpoints that it held and that were lost since it had decided before
 */
public record Explanation(
        long event,
        ReadyPoint point,
        int members,
        List<ReadyPoint> ranking,
        long key,
        List<Decision> logged,
        Optional<List<Decision>> derived,
        List<Change> changes,
        List<Loss> losses) {
    /** How a hyperparameter came to its next value. */
    public enum How {
        /** It is the member's own. */
        KEPT,
        /** It is the donor's. */
        COPIED,
        /** It moved from where it was, or from the donor's. */
        MOVED,
        /** It was drawn anew from its prior. */
        DRAWN
    }

    /**
     * What became of one hyperparameter.
     *
     * @param name its name
     * @param own what the member had trained with
     * @param inherited what exploring began with: the donor's, or the member's own
     * @param next what it trains with next
     * @param how how it came to that
     * @param factor next over inherited where it moved in a log scale; empty elsewhere
     */
    public record Change(String name, Value own, Value inherited, Value next, How how, Optional<Double> factor) {}

    /**
     * The loss of weights that the member held.
     *
     * @param event its number in the log, from 1
     * @param reason what was found
     * @param stranded whether the member needed them to go on
     */
    public record Loss(long event, String reason, boolean stranded) {}

    /** Returns the copy among the decisions. */
    public Optional<Decision.Exploit> copy() {
        return logged.stream()
                .filter(Decision.Exploit.class::isInstance)
                .map(Decision.Exploit.class::cast)
                .findFirst();
    }

    /** Returns a fact of the evidence of any of the decisions. */
    public Optional<Object> fact(String name) {
        return logged.stream()
                .map(decision -> decision.evidence().facts().get(name))
                .flatMap(fact -> Optional.ofNullable(fact).stream())
                .findFirst();
    }

    /** Returns the member's result that was compared; what it had published where nothing was. */
    public ReadyPoint judged() {
        return ranking.stream()
                .filter(each -> each.member().equals(member()))
                .findFirst()
                .orElse(point);
    }

    /** Returns the member's rank at that moment, from 1. */
    public int rank() {
        return ranking.indexOf(judged()) + 1;
    }

    /** Returns the step at which results were compared; empty where the latest of everybody were. */
    public OptionalLong comparedAtStep() {
        return number("compared_at_step").stream().mapToLong(Long::longValue).findFirst();
    }

    /** Returns how many of the best could be drawn as donors; 0 where the strategy does not say. */
    public int top() {
        int valid = (int) ranking.stream().filter(ReadyPoint::isDonor).count();
        return (int)
                StrictMath.min(valid, number("top").or(() -> number("selected")).orElse(0L));
    }

    /** Returns from which rank on, from 1, members are replaced; beyond everybody where the strategy does not say. */
    public int bottom() {
        return members + 1 - number("selected").orElse(0L).intValue();
    }

    private Optional<Long> number(String name) {
        return fact(name).filter(Long.class::isInstance).map(Long.class::cast);
    }

    /** Returns whether the log's decisions are those that follow; true when none could be derived. */
    public boolean agrees() {
        return derived.isEmpty() || derived.get().equals(logged);
    }

    static List<Change> changes(SearchSpace space, Hyperparameters own, List<Decision> decisions) {
        Hyperparameters inherited = own;
        Hyperparameters next = own;
        List<?> drawn = List.of();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Exploit exploit) {
                inherited = exploit.after();
                next = exploit.after();
            } else if (decision instanceof Decision.Explore explore) {
                next = explore.after();
                drawn = explore.evidence().facts().get("resampled") instanceof List<?> names ? names : List.of();
            }
        }
        List<Change> changes = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            String name = parameter.name();
            changes.add(change(parameter, own.get(name), inherited.get(name), next.get(name), drawn.contains(name)));
        }
        return changes;
    }

    private static Change change(Parameter parameter, Value own, Value inherited, Value next, boolean drawn) {
        boolean moved = !next.equals(inherited);
        How how = drawn ? How.DRAWN : moved ? How.MOVED : inherited.equals(own) ? How.KEPT : How.COPIED;
        Optional<Double> factor = how == How.MOVED && isLog(parameter.domain())
                ? Optional.of(number(next) / number(inherited))
                : Optional.empty();
        return new Change(parameter.name(), own, inherited, next, how, factor);
    }

    private static boolean isLog(Domain domain) {
        return (domain instanceof Reals reals && reals.scale() == Scale.LOG)
                || (domain instanceof Ints ints && ints.scale() == Scale.LOG);
    }

    private static double number(Value value) {
        return value instanceof Value.Real real ? real.value() : ((Value.Int) value).value();
    }

    /** Returns who decided. */
    public MemberId member() {
        return point.member();
    }
}
