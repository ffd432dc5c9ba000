package org.evolvent.core.study;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.option.Circumstances;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Strategy;

/**
 * One run of Population Based Training, as it was asked for. Immutable; made by {@link #named}.
 *
 * @param name what people call it
 * @param space what is tuned
 * @param objective what is good
 * @param population the number of members, at least 2
 * @param budget when it ends
 * @param intervalSteps the training steps between two ready points, at least 1 and at most the budget; the last interval may be shorter, and
 *     all are longer of trainers that move in larger steps. Where intervals have a time, the most steps of one
 * @param burnInSteps a member with fewer steps behind its weights than this does not exploit or explore, unless it has no valid score;
 *     from 0
 * @param strategy what a ready member does
 * @param mode when decisions are made
 * @param rules by which rules it selects
 * @param attempts how often an interval is tried before the member counts as failed, at least 1
 * @param absences how many intervals in a row may report no score, from 0, before that counts as an invalid one; {@link Rules#V1} bears none
 * @param ancestors how many older checkpoints that a member's weights descend through are kept beside those that it needs, from 0: from
 *     one of them it goes on when its weights are lost
 * @param initial hyperparameters of the first members, inside the space; what is left out of them is drawn from its prior. The others
 *     begin with what the strategy gives them, a draw from the prior as a rule
 * @param seed the source of all randomness
 * @param intervalTime how long a member trains between two ready points, above 0; empty where the steps say it
 * @param next what it became when it was amended, as its log tells; empty when it was not, or not yet
 */
public record Study(
        String name,
        SearchSpace space,
        Objective objective,
        int population,
        Budget budget,
        long intervalSteps,
        long burnInSteps,
        Strategy strategy,
        Mode mode,
        Rules rules,
        int attempts,
        int absences,
        int ancestors,
        List<Hyperparameters> initial,
        long seed,
        Optional<Duration> intervalTime,
        Optional<Amended> next) {
    /**
     * What a study became.
     *
     * @param definition its canonical text from there on
     * @param study the study from there on
     */
    public record Amended(String definition, Study study) {}

    /** The default limit of attempts for an interval. */
    public static final int DEFAULT_ATTEMPTS = 3;

    /** The default limit of intervals in a row without a score: even of scores of which a fifth is absent, that many are not by chance. */
    public static final int DEFAULT_ABSENCES = 10;

    public Study {
        initial = List.copyOf(initial);
        strategy = rules == Rules.V1 ? strategy.ofFirstRules() : strategy;
        require(population >= 2, "population", population, "at least 2");
        require(intervalSteps >= 1, "intervalSteps", intervalSteps, "at least 1");
        require(
                intervalSteps <= budget.steps(),
                "intervalSteps",
                intervalSteps,
                "at most the budget of " + budget.steps() + " steps");
        if (intervalTime.isPresent()
                && (intervalTime.get().isNegative() || intervalTime.get().isZero())) {
            throw new IllegalArgumentException(
                    "The time of an interval is %s but must be above 0".formatted(intervalTime.get()));
        }
        require(burnInSteps >= 0, "burnInSteps", burnInSteps, "at least 0");
        require(attempts >= 1, "attempts", attempts, "at least 1");
        require(absences >= 0, "number of absent scores", absences, "at least 0");
        require(ancestors >= 0, "number of kept ancestors", ancestors, "at least 0");
        require(
                initial.size() <= population,
                "number of initial members",
                initial.size(),
                "at most the population of " + population);
        for (Hyperparameters hyperparameters : initial) {
            if (!space.containsPart(hyperparameters)) {
                throw new IllegalArgumentException("The initial hyperparameters %s do not lie in the search space %s"
                        .formatted(hyperparameters, space.parameters()));
            }
        }
        strategy = strategy.suitedTo(new Circumstances(
                population, intervals(budget, intervalSteps, intervalTime), mode == Mode.SYNCHRONOUS));
    }

    private static long intervals(Budget budget, long intervalSteps, Optional<Duration> intervalTime) {
        return intervalTime.isPresent() ? budget.steps() : (budget.steps() - 1) / intervalSteps + 1;
    }

    /** Returns the intervals that a member trains at most. */
    public long intervals() {
        return intervals(budget, intervalSteps, intervalTime);
    }

    /** Creates one that was not amended. */
    public Study(
            String name,
            SearchSpace space,
            Objective objective,
            int population,
            Budget budget,
            long intervalSteps,
            long burnInSteps,
            Strategy strategy,
            Mode mode,
            Rules rules,
            int attempts,
            int absences,
            int ancestors,
            List<Hyperparameters> initial,
            long seed,
            Optional<Duration> intervalTime) {
        this(
                name,
                space,
                objective,
                population,
                budget,
                intervalSteps,
                burnInSteps,
                strategy,
                mode,
                rules,
                attempts,
                absences,
                ancestors,
                initial,
                seed,
                intervalTime,
                Optional.empty());
    }

    /** Returns this study under another seed, as if it had never been amended. */
    public Study withSeed(long bits) {
        return with(bits, Optional.empty());
    }

    /** Returns this study as it was before an amendment. */
    public Study before(String definition, Study amended) {
        return with(seed, Optional.of(new Amended(definition, amended)));
    }

    /** Returns what it is after all amendments. */
    public Study inForce() {
        return next.map(amended -> amended.study().inForce()).orElse(this);
    }

    /**
     * Returns what it is after so many amendments.
     *
     * @throws IllegalArgumentException when it was not amended as often
     */
    public Study amended(int times) {
        Study study = this;
        for (int i = 0; i < times; i++) {
            study = study.next
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The study is asked for after %s amendments, which it has not".formatted(times)))
                    .study();
        }
        return study;
    }

    private Study with(long bits, Optional<Amended> then) {
        return new Study(
                name,
                space,
                objective,
                population,
                budget,
                intervalSteps,
                burnInSteps,
                strategy,
                mode,
                rules,
                attempts,
                absences,
                ancestors,
                initial,
                bits,
                intervalTime,
                then);
    }

    /** Returns whether a member decides when a slot is about to take it, and not when it or the last of all reports. */
    public boolean decidesLate() {
        return mode == Mode.ASYNCHRONOUS && rules != Rules.V1;
    }

    /** Reads the score from what a trainer reported, as the {@link #objective} does; by the first rules, an absent score is an invalid one. */
    public Score scoreOf(Map<String, Double> metrics) {
        Score score = objective.scoreOf(metrics);
        return rules == Rules.V1 && score instanceof Score.Absent absent ? new Score.Invalid(absent.reason()) : score;
    }

    /**
     * Returns a population as it stood at some time. Its ties of equal scores are broken by the study's seed; by the first rules, by none.
     *
     * @param members the i-th must have the index i
     * @param best the best result that any of them ever published; empty when there was no valid one
     */
    public Population populationOf(List<Member> members, Optional<ReadyPoint> best) {
        return Population.of(members, best, rules == Rules.V1 ? 0 : Randomness.mix(seed));
    }

    /** Returns the steps of the budget that a member has spent: its own, or those behind its weights if they are more. */
    public long spent(Member member) {
        return rules == Rules.V1 ? member.trained() : StrictMath.max(member.trained(), member.stepFrom());
    }

    /**
     * Returns what begins a trainer's random stream anew in an interval, from 0 to 2^31 - 1, so that members that copy the same weights do
     * not train alike; empty when the weights are the member's own, and by the first rules. Those that it began with are not.
     *
     * @param member who trains
     * @param interval the member's interval
     * @param parent the weights that it starts from
     */
    public Optional<Integer> reseed(MemberId member, int interval, Optional<CheckpointRef> parent) {
        return parent.filter(
                        weights -> rules != Rules.V1 && (!weights.member().equals(member) || weights.isFromElsewhere()))
                .map(weights ->
                        (int) new Randomness(seed).key(Purpose.RESEED, member.index(), interval) & Integer.MAX_VALUE);
    }

    private static void require(boolean holds, String name, long value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("The %s is %s but must be %s".formatted(name, value, rule));
        }
    }

    /**
     * Begins a study of 16 members under the paper's strategy, asynchronous, seed 0.
     *
     * @param name what people call it
     * @param space what is tuned
     * @param objective what is good
     * @param budget when it ends
     * @param intervalSteps the training steps between two ready points
     */
    public static Builder named(
            String name, SearchSpace space, Objective objective, Budget budget, long intervalSteps) {
        return new Builder(name, space, objective, budget, intervalSteps);
    }

    /** Collects what deviates from the defaults. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final SearchSpace space;
        private final Objective objective;
        private final Budget budget;
        private final long intervalSteps;
        private int population = 16;
        private long burnInSteps = 0;
        private Strategy strategy = Pbt.standard();
        private Mode mode = Mode.ASYNCHRONOUS;
        private Rules rules = Rules.LATEST;
        private int attempts = DEFAULT_ATTEMPTS;
        private int absences = DEFAULT_ABSENCES;
        private int ancestors = 0;
        private List<Hyperparameters> initial = List.of();
        private long seed = 0;
        private Optional<Duration> intervalTime = Optional.empty();

        private Builder(String name, SearchSpace space, Objective objective, Budget budget, long intervalSteps) {
            this.name = name;
            this.space = space;
            this.objective = objective;
            this.budget = budget;
            this.intervalSteps = intervalSteps;
        }

        /** Sets the number of members; 16 by default. */
        public Builder population(int members) {
            this.population = members;
            return this;
        }

        /** Sets the steps before which a member neither exploits nor explores; 0 by default. */
        public Builder burnInSteps(long steps) {
            this.burnInSteps = steps;
            return this;
        }

        /** Sets the strategy; {@link Pbt#standard()} by default. */
        public Builder strategy(Strategy chosen) {
            this.strategy = chosen;
            return this;
        }

        /** Sets when decisions are made; {@link Mode#ASYNCHRONOUS} by default. */
        public Builder mode(Mode chosen) {
            this.mode = chosen;
            return this;
        }

        /** Sets by which rules it selects; {@link Rules#LATEST} by default. */
        public Builder rules(Rules chosen) {
            this.rules = chosen;
            return this;
        }

        /** Sets how often an interval is tried; {@link #DEFAULT_ATTEMPTS} by default. */
        public Builder attempts(int most) {
            this.attempts = most;
            return this;
        }

        /** Sets how many intervals in a row may report no score; {@link #DEFAULT_ABSENCES} by default. */
        public Builder absences(int most) {
            this.absences = most;
            return this;
        }

        /** Sets how many older checkpoints of a member's lineage are kept; 0 by default. */
        public Builder ancestors(int kept) {
            this.ancestors = kept;
            return this;
        }

        /** Sets the hyperparameters of the first members; none by default. */
        public Builder initial(List<Hyperparameters> first) {
            this.initial = first;
            return this;
        }

        /** Sets the source of all randomness; 0 by default. */
        public Builder seed(long bits) {
            this.seed = bits;
            return this;
        }

        /** Sets how long a member trains between two ready points; until the interval's steps are done by default. */
        public Builder intervalTime(Duration time) {
            this.intervalTime = Optional.of(time);
            return this;
        }

        /** Returns the study. */
        public Study build() {
            return new Study(
                    name,
                    space,
                    objective,
                    population,
                    budget,
                    intervalSteps,
                    burnInSteps,
                    strategy,
                    mode,
                    rules,
                    attempts,
                    absences,
                    ancestors,
                    initial,
                    seed,
                    intervalTime);
        }
    }
}
