package org.evolvent.core.internal.fire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.exploit.Exploit.Verdict;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.explore.Within;
import org.evolvent.core.internal.fire.Memories.Task;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Need;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/**
 * Faster improvement rate PBT (Dalibard and Jaderberg 2021, arXiv 2109.13800), after the criteria that PBT-Zoo quotes. Two
 * sub-populations: the children are ordinary, greedy PBT. The parents are selected for what can be made of them: evaluators train a
 * parent's weights under the hyperparameters of the best child that was not just replaced, and of two parents under evaluation the one
 * whose curve rises faster from the same score is fitter. When an evaluation beats the child itself, by the best score where the curves
 * overlap and by a sign test, the child takes its weights over and keeps its own hyperparameters. So the parents keep what pays later, and
 * the children collect it.
 *
 * <p>The study's interval is the distance of two points of a learning curve; everything is decided every {@code period} intervals. Of n
 * members, 3/11 are evaluators, the rest is halved: PBT-Zoo's 8, 8 and 6 of 22. An evaluation ends when it lasts 3 periods without an
 * overlap, when the sign test's p exceeds the level plus what is left of the 3 periods, and when parent or child have been replaced.
 *
 * <p>Deviations: see {@link #DESCRIPTOR}. See {@link Curve} for the smoothing.
 */
public final class Fire implements Strategy {
    private static final Option<Integer> PERIOD = new Option<>(
            "period", OptionType.integer(2), 10, "the intervals between two selections; PBT-Zoo's by default");
    private static final Option<Double> FRACTION = new Option<>(
            "fraction",
            OptionType.realAbove(0, 0.5),
            0.25,
            "the share of a sub-population that is replaced; PBT-Zoo's by default");
    private static final Option<Double> LEVEL =
            new Option<>("level", OptionType.realBetween(0, 1), 0.01, "of the sign test; the paper's by default");

    /** What there is to know about it. */
    public static final Descriptor<Strategy> DESCRIPTOR = Descriptor.<Strategy>of(
                    "fire",
                    "Sub-populations of children and parents, and evaluators that find out what can be made of a parent.",
                    "Dalibard and Jaderberg 2021",
                    List.of(PERIOD, FRACTION, LEVEL, Perturb.FACTORS),
                    options -> new Fire(
                            options.get(PERIOD),
                            options.get(FRACTION),
                            options.get(LEVEL),
                            new Perturb(options.get(Perturb.FACTORS), 0)))
            .deviating("""
                    Two levels and not more; an evaluator without a task goes on training what it has instead of resting; the study's \
                    result is the best member of all and not of the children, so that an evaluator may be it.""");

    /** With two evaluators, two parents are compared. */
    private static final int LEAST_MEMBERS = 6;

    private static final int EVALUATION_PERIODS = 3;

    private final int period;
    private final double fraction;
    private final double level;
    private final Explore explore;
    private final Memories memories;

    /**
     * Creates one that has seen nothing yet.
     *
     * @param period the intervals between two selections, at least 2; 10 by default as in PBT-Zoo
     * @param fraction of a sub-population that is replaced, above 0 and at most 0.5; 0.25 by default
     * @param level of the sign test, above 0 and below 1; 0.01 by default
     * @param explore for whoever is replaced in a selection
     */
    public Fire(int period, double fraction, double level, Explore explore) {
        this(period, fraction, level, explore, Memories.empty());
        PERIOD.require(period);
        LEVEL.require(level);
        FRACTION.require(fraction);
    }

    private Fire(int period, double fraction, double level, Explore explore, Memories memories) {
        this.period = period;
        this.fraction = fraction;
        this.level = level;
        this.explore = explore;
        this.memories = memories;
    }

    @Override
    public Strategy observe(ReadyPoint point) {
        return new Fire(period, fraction, level, explore.observe(point), memories.after(point));
    }

    @Override
    public Strategy observe(MemberId member, Decision decision) {
        return new Fire(period, fraction, level, explore.observe(member, decision), memories.after(member, decision));
    }

    @Override
    public Optional<Memory> memory() {
        return explore.memory().map(inner -> memories.plain().with("explore", inner));
    }

    @Override
    public Strategy remembering(Memory memory) {
        return new Fire(period, fraction, level, explore.remembering(memory.memory("explore")), Memories.of(memory));
    }

    @Override
    public List<Need> needs() {
        return List.of(
                new Need(LEAST_MEMBERS, 1, "", "no two parents would ever be compared"),
                new Need(1, period + 1L, PERIOD.name(), "nobody would ever be selected"));
    }

    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        if (!self.score().isValid()) {
            Verdict verdict = situation.rescue(new Truncation(fraction), random);
            return verdict instanceof Verdict.Copy copy
                    ? copied(situation, copy.donor(), copy.reason(), copy.evidence(), random)
                    : situation.rules() == Rules.V1
                            ? kept(((Verdict.Keep) verdict).reason(), Evidence.NONE)
                            : List.of(situation.drawnAnew((Verdict.Keep) verdict, random));
        }
        if ((self.interval() + 1) % period != 0) {
            return kept("Decisions are made every %s intervals".formatted(period), Evidence.NONE);
        }
        Roles roles = Roles.of(situation.population().size());
        int index = self.member().index();
        if (index < roles.children()) {
            return child(situation, roles, random);
        }
        return index < roles.firstEvaluator()
                ? selected(
                        situation, evaluatedParents(situation.population(), roles), roles.parents(), "parents", random)
                : evaluator(situation, roles);
    }

    /** One of a sub-population and the fitness that it is selected by. */
    private record Ranked(ReadyPoint point, double fitness) {}

    private List<Decision> child(Situation situation, Roles roles, RandomStream random) {
        List<Decision> selected =
                selected(situation, children(situation.population(), roles), roles.children(), "children", random);
        return selected.get(0) instanceof Decision.Continue
                ? collected(situation.population(), situation.point(), roles)
                        .map(List::of)
                        .orElse(selected)
                : selected;
    }

    private static List<Ranked> children(Population population, Roles roles) {
        List<Ranked> children = new ArrayList<>();
        for (ReadyPoint point : population.ranking()) {
            if (point.isDonor() && point.member().index() < roles.children()) {
                children.add(new Ranked(point, point.fitness()));
            }
        }
        return children;
    }

    /** Those whose evaluation has something to say. A parent's fitness is the sum of what its curve is ahead of the others'. */
    private List<Ranked> evaluatedParents(Population population, Roles roles) {
        Map<MemberId, Curve> curves = new TreeMap<>();
        for (int i = roles.firstEvaluator(); i < population.size(); i++) {
            Curve curve = memories.curve(new MemberId(i));
            memories.taskWithItsParent(new MemberId(i))
                    .filter(task -> curve.length() > 1)
                    .ifPresent(task -> curves.put(task.parent(), curve));
        }
        List<Ranked> parents = new ArrayList<>();
        curves.forEach((parent, curve) -> {
            double ahead = 0;
            for (Map.Entry<MemberId, Curve> other : curves.entrySet()) {
                ahead += other.getKey().equals(parent) ? 0 : curve.lead(other.getValue());
            }
            double fitness = ahead;
            population
                    .get(parent)
                    .last()
                    .filter(ReadyPoint::isDonor)
                    .ifPresent(point -> parents.add(new Ranked(point, fitness)));
        });
        parents.sort(Comparator.comparingDouble(Ranked::fitness).reversed());
        return parents;
    }

    private List<Decision> selected(
            Situation situation, List<Ranked> ranking, int subPopulation, String whom, RandomStream random) {
        int rank = 0;
        while (rank < ranking.size() && !ranking.get(rank).point().equals(situation.point())) {
            rank++;
        }
        int cut = StrictMath.max(
                1, StrictMath.min(ranking.size() / 2, (int) StrictMath.floor(fraction * subPopulation + 1e-9)));
        Evidence evidence = Evidence.NONE.with("rank", rank + 1).with("ranked", ranking.size());
        if (ranking.size() < 2 || rank == ranking.size() || rank < ranking.size() - cut) {
            String what = rank == ranking.size()
                    ? "It is not among the %s %s that are compared".formatted(ranking.size(), whom)
                    : "It ranks %s of %s %s".formatted(rank + 1, ranking.size(), whom);
            return kept(what, evidence);
        }
        Ranked donor = ranking.get(random.index(cut));
        if (situation.rules() != Rules.V1
                && donor.fitness() <= ranking.get(rank).fitness()) {
            return kept(
                    "It ranks %s of %s %s, but member %s, which was drawn, is not better"
                            .formatted(
                                    rank + 1,
                                    ranking.size(),
                                    whom,
                                    donor.point().member()),
                    evidence);
        }
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
        Exploration exploration = Within.explore(
                explore, new Handover(situation.space(), situation.population(), self, donor, inherited), random);
        return List.of(
                weightsOf(donor, self, inherited, reason, evidence),
                new Decision.Explore(
                        inherited, exploration.hyperparameters(), exploration.reason(), exploration.evidence()));
    }

    /** The weights of an evaluator that works for this child and has proved to be better; of several, each has to beat the one before. */
    private Optional<Decision> collected(Population population, ReadyPoint self, Roles roles) {
        Curve best = memories.curve(self.member());
        Optional<Decision> collected = Optional.empty();
        for (int i = roles.firstEvaluator(); i < population.size(); i++) {
            Member evaluator = population.get(new MemberId(i));
            Curve evaluation = memories.curve(evaluator.id());
            Optional<Task> task =
                    memories.validTask(evaluator.id()).filter(t -> t.child().equals(self.member()));
            if (task.isPresent()
                    && evaluator.last().filter(ReadyPoint::isDonor).isPresent()
                    && evaluation.lead(best) > 0
                    && evaluation.signTest(best) < level) {
                ReadyPoint donor = evaluator.last().get();
                collected = Optional.of(weightsOf(
                        donor,
                        self,
                        self.hyperparameters(),
                        "The evaluation of parent %s improves faster than it"
                                .formatted(task.get().parent()),
                        Evidence.NONE
                                .with("parent", task.get().parent().index())
                                .with("lead", evaluation.lead(best))
                                .with("p", evaluation.signTest(best))));
                best = evaluation;
            }
        }
        return collected;
    }

    private List<Decision> evaluator(Situation situation, Roles roles) {
        ReadyPoint self = situation.point();
        Optional<Task> task = memories.validTask(self.member());
        if (task.isPresent() && goesOn(self.member(), task.get().child())) {
            return kept(
                    "It evaluates parent %s for child %s"
                            .formatted(task.get().parent(), task.get().child()),
                    Evidence.NONE);
        }
        Optional<ReadyPoint> parent = longestWaiting(situation.population(), self.member(), roles);
        Optional<ReadyPoint> child = children(situation.population(), roles).stream()
                .map(Ranked::point)
                .filter(point -> !memories.isReplaced(point.member()))
                .findFirst();
        if (parent.isEmpty() || child.isEmpty()) {
            return kept("There is nothing to evaluate", Evidence.NONE);
        }
        return List.of(weightsOf(
                parent.get(),
                self,
                child.get().hyperparameters(),
                "It evaluates parent %s under the hyperparameters of child %s"
                        .formatted(parent.get().member(), child.get().member()),
                Evidence.NONE.with(Memories.CHILD, child.get().member().index())));
    }

    /** PBT-Zoo's first two criteria; a replaced parent or child has made the task invalid. */
    private boolean goesOn(MemberId evaluator, MemberId child) {
        Curve evaluation = memories.curve(evaluator);
        Curve own = memories.curve(child);
        double spent = (double) evaluation.length() / (EVALUATION_PERIODS * period);
        return evaluation.overlap(own).isEmpty()
                ? spent < 1
                : evaluation.signTest(own) <= level + StrictMath.max(0, 1 - spent);
    }

    /** Of the parents that nobody evaluates. */
    private Optional<ReadyPoint> longestWaiting(Population population, MemberId self, Roles roles) {
        Set<MemberId> busy = new HashSet<>();
        for (int i = roles.firstEvaluator(); i < population.size(); i++) {
            if (i != self.index()) {
                memories.validTask(new MemberId(i)).map(Task::parent).ifPresent(busy::add);
            }
        }
        Optional<ReadyPoint> longest = Optional.empty();
        long since = Long.MAX_VALUE;
        for (int i = roles.children(); i < roles.firstEvaluator(); i++) {
            MemberId parent = new MemberId(i);
            Optional<ReadyPoint> point = population.get(parent).last().filter(ReadyPoint::isDonor);
            long assigned = memories.assigned().get(parent).orElse(-1L);
            if (point.isPresent() && assigned < since && !busy.contains(parent) && !memories.isReplaced(parent)) {
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

        int firstEvaluator() {
            return children + parents;
        }
    }
}
