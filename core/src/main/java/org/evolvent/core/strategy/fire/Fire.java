package org.evolvent.core.strategy.fire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.exploit.Exploit.Verdict;
import org.evolvent.core.exploit.Truncation;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.strategy.fire.Memory.Task;

/**
 * Faster improvement rate PBT (Dalibard and Jaderberg 2021, arXiv 2109.13800), after the criteria that PBT-Zoo quotes. Two
 * sub-populations: the children are ordinary, greedy PBT. The parents are selected for what can be made of them: evaluators train a
 * parent's weights under the hyperparameters of a good child, and of two parents the one whose evaluation rises faster from the same score
 * is fitter. When an evaluation beats the child itself, the child takes its weights over and keeps its own hyperparameters. So the parents
 * keep what pays later, and the children collect it.
 *
 * <p>The study's interval is the distance of two points of a learning curve; children and parents are selected every {@code period}
 * intervals. Of n members, 3/11 are evaluators, the rest is halved. Deviations: two levels and not more; see {@link Curves} for the
 * smoothing.
 */
public final class Fire implements Strategy {
    /** PBT-Zoo's number of points of a curve between two selections. */
    public static final int DEFAULT_PERIOD = 10;

    /** PBT-Zoo's fraction. */
    public static final double DEFAULT_FRACTION = 0.25;

    /** The paper's level. */
    public static final double DEFAULT_LEVEL = 0.01;

    private static final int EVALUATION_PERIODS = 3;

    private final int period;
    private final double fraction;
    private final double level;
    private final Explore explore;
    private final Memory memory;

    /**
     * Creates one that has seen nothing yet.
     *
     * @param period the intervals between two selections, at least 2; 10 by default as in PBT-Zoo
     * @param fraction of a sub-population that is replaced, above 0 and at most 0.5; 0.25 by default
     * @param level of the sign test, above 0 and below 1; 0.01 by default
     * @param explore for whoever is replaced in a selection
     */
    public Fire(int period, double fraction, double level, Explore explore) {
        this(period, fraction, level, explore, Memory.empty());
        if (period < 2) {
            throw new IllegalArgumentException("The period is %s intervals but must be at least 2".formatted(period));
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("The level is %s but must be above 0 and below 1".formatted(level));
        }
        if (!(fraction > 0 && fraction <= 0.5)) {
            throw new IllegalArgumentException(
                    "The fraction is %s but must be above 0 and at most 0.5".formatted(fraction));
        }
    }

    private Fire(int period, double fraction, double level, Explore explore, Memory memory) {
        this.period = period;
        this.fraction = fraction;
        this.level = level;
        this.explore = explore;
        this.memory = memory;
    }

    @Override
    public Strategy observe(ReadyPoint point) {
        return new Fire(period, fraction, level, explore.observe(point), memory.after(point));
    }

    @Override
    public Strategy observe(MemberId member, Decision decision) {
        return new Fire(period, fraction, level, explore.observe(member, decision), memory.after(member, decision));
    }

    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        Roles roles = Roles.of(situation.population().size());
        if (!self.score().isValid()) {
            Verdict verdict = new Truncation(fraction).rescue(situation.population(), self, random);
            return verdict instanceof Verdict.Copy copy
                    ? copied(situation, copy.donor(), copy.reason(), copy.evidence(), random)
                    : kept(((Verdict.Keep) verdict).reason(), Evidence.NONE);
        }
        int index = self.member().index();
        if (roles.isEvaluator(index)) {
            return evaluator(situation, roles);
        }
        if (roles.isChild(index)) {
            Optional<Decision> collected = collected(situation.population(), self, roles);
            if (collected.isPresent()) {
                return List.of(collected.get());
            }
        }
        if ((self.interval() + 1) % period != 0) {
            return kept("Its sub-population is selected every %s intervals".formatted(period), Evidence.NONE);
        }
        return roles.isChild(index)
                ? selected(situation, children(situation.population(), roles), "children", random)
                : selected(situation, evaluatedParents(situation.population(), roles), "parents", random);
    }

    /** One of a sub-population and the fitness that it is selected by. */
    private record Ranked(ReadyPoint point, double fitness) {}

    private static List<Ranked> children(Population population, Roles roles) {
        List<Ranked> children = new ArrayList<>();
        for (ReadyPoint point : population.ranking()) {
            if (point.isDonor() && roles.isChild(point.member().index())) {
                children.add(new Ranked(point, point.fitness()));
            }
        }
        return children;
    }

    /** A parent's fitness is the sum of what its evaluation is ahead of the others'. */
    private List<Ranked> evaluatedParents(Population population, Roles roles) {
        List<Ranked> parents = new ArrayList<>();
        for (ReadyPoint point : population.ranking()) {
            Optional<List<Double>> own = memory.evaluations().get(point.member());
            if (point.isDonor() && roles.isParent(point.member().index()) && own.isPresent()) {
                double ahead = 0;
                for (int other = roles.children(); other < roles.children() + roles.parents(); other++) {
                    Optional<List<Double>> theirs = memory.evaluations().get(new MemberId(other));
                    if (other != point.member().index() && theirs.isPresent()) {
                        ahead += Curves.bestScoreDifference(own.get(), theirs.get());
                    }
                }
                parents.add(new Ranked(point, ahead));
            }
        }
        parents.sort(Comparator.comparingDouble(Ranked::fitness).reversed());
        return parents;
    }

    private List<Decision> selected(Situation situation, List<Ranked> ranking, String whom, RandomStream random) {
        int rank = 0;
        while (rank < ranking.size() && !ranking.get(rank).point().equals(situation.point())) {
            rank++;
        }
        int cut = StrictMath.max(1, StrictMath.min(ranking.size() / 2, (int)
                StrictMath.ceil(fraction * ranking.size() - 1e-9)));
        Evidence evidence = Evidence.NONE.with("rank", rank + 1).with("ranked", ranking.size());
        if (ranking.size() < 2 || rank == ranking.size() || rank < ranking.size() - cut) {
            return kept("It ranks %s of %s %s".formatted(rank + 1, ranking.size(), whom), evidence);
        }
        Ranked donor = ranking.get(random.index(cut));
        return copied(
                situation,
                donor.point(),
                "It ranks %s of %s %s".formatted(rank + 1, ranking.size(), whom),
                evidence.with("fitness", ranking.get(rank).fitness()).with("donor_fitness", donor.fitness()),
                random);
    }

    private List<Decision> copied(
            Situation situation, ReadyPoint donor, String reason, Evidence evidence, RandomStream random) {
        ReadyPoint self = situation.point();
        Hyperparameters inherited = donor.hyperparameters();
        Exploration exploration = explore.explore(
                new Handover(situation.space(), situation.population(), self, donor, inherited), random);
        return List.of(
                weightsOf(donor, self, inherited, reason, evidence),
                new Decision.Explore(
                        inherited, exploration.hyperparameters(), exploration.reason(), exploration.evidence()));
    }

    /** The weights of an evaluator that works for this child and has proved to be better. */
    private Optional<Decision> collected(Population population, ReadyPoint self, Roles roles) {
        for (int i = roles.children() + roles.parents(); i < population.size(); i++) {
            Member evaluator = population.get(new MemberId(i));
            Optional<Task> task =
                    memory.validTask(evaluator.id()).filter(t -> t.child().equals(self.member()));
            if (task.isPresent()
                    && evaluator.last().filter(ReadyPoint::isDonor).isPresent()
                    && isBetter(evaluator.id(), self.member())) {
                ReadyPoint donor = evaluator.last().get();
                return Optional.of(weightsOf(
                        donor,
                        self,
                        self.hyperparameters(),
                        "The evaluation of parent %s improves faster than it"
                                .formatted(task.get().parent()),
                        Evidence.NONE
                                .with("parent", task.get().parent().index())
                                .with(
                                        "p",
                                        Curves.signTest(memory.curve(evaluator.id()), memory.curve(self.member())))));
            }
        }
        return Optional.empty();
    }

    private boolean isBetter(MemberId evaluator, MemberId child) {
        List<Double> evaluation = memory.curve(evaluator);
        List<Double> own = memory.curve(child);
        return Curves.bestScoreDifference(evaluation, own) > 0 && Curves.signTest(evaluation, own) < level;
    }

    private List<Decision> evaluator(Situation situation, Roles roles) {
        ReadyPoint self = situation.point();
        Optional<Task> task = memory.validTask(self.member());
        if (task.isPresent() && goesOn(self.member(), task.get().child())) {
            return kept(
                    "It evaluates parent %s for child %s"
                            .formatted(task.get().parent(), task.get().child()),
                    Evidence.NONE);
        }
        Optional<ReadyPoint> parent = longestWaiting(situation.population(), roles);
        List<Ranked> children = children(situation.population(), roles);
        if (self.interval() + 1 < period || parent.isEmpty() || children.isEmpty()) {
            return kept("There is nothing to evaluate yet", Evidence.NONE);
        }
        ReadyPoint child = children.stream()
                .map(Ranked::point)
                .filter(point -> memory.curve(point.member()).size() > period)
                .findFirst()
                .orElse(children.get(0).point());
        return List.of(weightsOf(
                parent.get(),
                self,
                child.hyperparameters(),
                "It evaluates parent %s under the hyperparameters of child %s"
                        .formatted(parent.get().member(), child.member()),
                Evidence.NONE.with(Memory.CHILD, child.member().index())));
    }

    private boolean goesOn(MemberId evaluator, MemberId child) {
        List<Double> evaluation = memory.curve(evaluator);
        List<Double> own = memory.curve(child);
        double spent = (double) evaluation.size() / (EVALUATION_PERIODS * period);
        if (Curves.overlap(evaluation, own).length() == 0) {
            return spent < 1;
        }
        return Curves.signTest(evaluation, own) <= level + StrictMath.max(0, 1 - spent);
    }

    private Optional<ReadyPoint> longestWaiting(Population population, Roles roles) {
        Optional<ReadyPoint> longest = Optional.empty();
        long since = Long.MAX_VALUE;
        for (int i = roles.children(); i < roles.children() + roles.parents(); i++) {
            Optional<ReadyPoint> point = population.get(new MemberId(i)).last().filter(ReadyPoint::isDonor);
            long assigned = memory.assigned().get(new MemberId(i)).orElse(-1L);
            if (point.isPresent() && assigned < since) {
                longest = point;
                since = assigned;
            }
        }
        return longest;
    }

    private static List<Decision> kept(String reason, Evidence evidence) {
        return List.of(new Decision.Continue(reason, evidence));
    }

    private static Decision weightsOf(
            ReadyPoint donor, ReadyPoint self, Hyperparameters after, String reason, Evidence evidence) {
        return new Decision.Exploit(
                donor.member(), donor.interval(), donor.checkpoint(), self.hyperparameters(), after, reason, evidence);
    }

    /** Who is what, by index: children first, then parents, then evaluators. */
    private record Roles(int children, int parents) {
        static Roles of(int population) {
            int evaluators = StrictMath.max(1, (int) StrictMath.round(population * 3 / 11.0));
            int parents = (population - evaluators) / 2;
            return new Roles(population - evaluators - parents, parents);
        }

        boolean isChild(int index) {
            return index < children;
        }

        boolean isParent(int index) {
            return index >= children && index < children + parents;
        }

        boolean isEvaluator(int index) {
            return index >= children + parents;
        }
    }
}
