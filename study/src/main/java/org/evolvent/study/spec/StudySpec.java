package org.evolvent.study.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a study file can say, as a value: YAML and JSON write and read it without loss, with all defaults filled in. Nothing that it
 * names has been loaded or started. Immutable.
 *
 * @param name what people call it; a name of at most 100 letters, digits, '_', '-' and '.'
 * @param trainer what trains
 * @param space what is tuned
 * @param objective what is good
 * @param population the number of members, from 2 to 1,000,000
 * @param budget when it ends
 * @param intervalSteps the training steps between two ready points, at least 1 and at most the budget; with a time, the budget
 * @param burnInSteps the steps before which a member neither exploits nor explores, from 0
 * @param strategy what a ready member does
 * @param mode when decisions are made
 * @param rules by which rules it selects
 * @param resources with what it runs
 * @param attempts how often an interval is tried, from 1; a study starts with at most 1000
 * @param absences how many intervals in a row may report no score before that counts as an invalid one, from 0; a study starts with at most
 *     1,000,000
 * @param ancestors how many older checkpoints of a member's lineage are kept, from 0; a study starts with at
 *     most 1000
 * @param initial hyperparameters of the first members, inside the space; what is left out of them is drawn from its prior
 * @param baseline whether random search is to run as well, to compare with
 * @param seed the source of all randomness
 * @param intervalTime how long a member trains between two ready points, above 0; empty where the steps say it
 * @param strict whether the study stops, to be resumed, when restored models do not score like their checkpoints
 * @param checkpoints absolute directories with what a trainer has saved elsewhere, from which first members begin, by the index of their
 *     hyperparameters in {@code initial}; members without one begin with freshly initialised weights
 */
public record StudySpec(
        String name,
        TrainerSpec trainer,
        SearchSpace space,
        Objective objective,
        int population,
        Budget budget,
        long intervalSteps,
        long burnInSteps,
        StrategySpec strategy,
        Mode mode,
        Rules rules,
        Resources resources,
        int attempts,
        int absences,
        int ancestors,
        List<Hyperparameters> initial,
        boolean baseline,
        long seed,
        Optional<Duration> intervalTime,
        boolean strict,
        Map<Integer, Path> checkpoints) {
    /** The number of members where nothing else is said. */
    public static final int DEFAULT_POPULATION = 16;

    /** What a name must match: it names a directory. */
    public static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,99}";

    /** More members than anything can hold in memory. */
    public static final int MOST_MEMBERS = 1_000_000;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public StudySpec {
        Objects.requireNonNull(name, "the name is null");
        Objects.requireNonNull(trainer, "the trainer is null");
        Objects.requireNonNull(space, "the search space is null");
        Objects.requireNonNull(objective, "the objective is null");
        Objects.requireNonNull(budget, "the budget is null");
        Objects.requireNonNull(strategy, "the strategy is null");
        Objects.requireNonNull(mode, "the mode is null");
        Objects.requireNonNull(resources, "the resources are null");
        Objects.requireNonNull(initial, "the initial hyperparameters are null");
        Objects.requireNonNull(intervalTime, "the time of an interval is null");
        Objects.requireNonNull(checkpoints, "the checkpoints to begin with are null");
        initial = List.copyOf(initial);
        checkpoints = Collections.unmodifiableMap(new TreeMap<>(checkpoints));
        for (Map.Entry<Integer, Path> checkpoint : checkpoints.entrySet()) {
            if (checkpoint.getKey() < 0 || checkpoint.getKey() >= initial.size()) {
                throw new IllegalArgumentException(
                        "The checkpoint %s is for initial hyperparameters %s but must be for one of %s, from 0 on"
                                .formatted(checkpoint.getValue(), checkpoint.getKey(), initial.size()));
            }
        }
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "The name is '%s' but must be a name of at most 100 letters, digits, '_', '-' and '.' (it names a directory)"
                            .formatted(name));
        }
        if (population > MOST_MEMBERS) {
            throw new IllegalArgumentException(
                    "The population is %s but must be at most %s".formatted(population, MOST_MEMBERS));
        }
        // What the engine refuses, whatever the strategy.
        new Study(
                name,
                space,
                objective,
                population,
                budget,
                intervalSteps,
                burnInSteps,
                Pbt.standard(),
                mode,
                rules,
                attempts,
                absences,
                ancestors,
                initial,
                seed,
                intervalTime);
    }

    /**
     * Begins a study of {@value #DEFAULT_POPULATION} members under the default strategy, asynchronous, seed 0, whose trainer the program
     * brings along.
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

    /** Returns a builder of studies that differ from this one. */
    public Builder toBuilder() {
        Builder builder = new Builder(name, space, objective, budget, intervalSteps);
        intervalTime.ifPresent(builder::intervalTime);
        return builder.trainer(trainer)
                .population(population)
                .burnInSteps(burnInSteps)
                .strategy(strategy)
                .mode(mode)
                .rules(rules)
                .resources(resources)
                .attempts(attempts)
                .absences(absences)
                .ancestors(ancestors)
                .initial(initial)
                .checkpoints(checkpoints)
                .baseline(baseline)
                .strict(strict)
                .seed(seed);
    }

    /** Returns the study file in YAML. */
    public String toYaml() {
        return SpecWriter.yaml(SpecWriter.plain(this));
    }

    /** Returns the study file in JSON. */
    public String toJson() {
        return JSON.writeValueAsString(SpecWriter.plain(this));
    }

    /**
     * Returns what the engine runs.
     *
     * @param made the strategy that {@link #strategy} describes
     */
    public Study study(Strategy made) {
        return new Study(
                name,
                space,
                objective,
                population,
                budget,
                intervalSteps,
                burnInSteps,
                made,
                mode,
                rules,
                attempts,
                absences,
                ancestors,
                initial,
                seed,
                intervalTime);
    }

    /** Collects what deviates from the defaults. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final SearchSpace space;
        private final Objective objective;
        private final Budget budget;
        private final long intervalSteps;
        private TrainerSpec trainer = new TrainerSpec.Embedded(Path.of("").toAbsolutePath());
        private int population = DEFAULT_POPULATION;
        private long burnInSteps = 0;
        private StrategySpec strategy = StrategySpec.standard();
        private Mode mode = Mode.ASYNCHRONOUS;
        private Rules rules = Rules.LATEST;
        private Resources resources = Resources.standard();
        private int attempts = Study.DEFAULT_ATTEMPTS;
        private int absences = Study.DEFAULT_ABSENCES;
        private int ancestors = 0;
        private List<Hyperparameters> initial = List.of();
        private boolean baseline = false;
        private long seed = 0;
        private Optional<Duration> intervalTime = Optional.empty();
        private boolean strict = false;
        private Map<Integer, Path> checkpoints = Map.of();

        private Builder(String name, SearchSpace space, Objective objective, Budget budget, long intervalSteps) {
            this.name = name;
            this.space = space;
            this.objective = objective;
            this.budget = budget;
            this.intervalSteps = intervalSteps;
        }

        /** Sets what trains; an object of the program that runs the study by default. */
        public Builder trainer(TrainerSpec chosen) {
            this.trainer = chosen;
            return this;
        }

        /** Sets the number of members; {@value StudySpec#DEFAULT_POPULATION} by default. */
        public Builder population(int members) {
            this.population = members;
            return this;
        }

        /** Sets the steps before which a member neither exploits nor explores; 0 by default. */
        public Builder burnInSteps(long steps) {
            this.burnInSteps = steps;
            return this;
        }

        /** Sets the strategy; {@link StrategySpec#standard} by default. */
        public Builder strategy(StrategySpec chosen) {
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

        /** Sets with what it runs; a slot for each processor by default. */
        public Builder resources(Resources chosen) {
            this.resources = chosen;
            return this;
        }

        /** Sets how often an interval is tried; {@link Study#DEFAULT_ATTEMPTS} by default. */
        public Builder attempts(int most) {
            this.attempts = most;
            return this;
        }

        /** Sets how many intervals in a row may report no score; {@link Study#DEFAULT_ABSENCES} by default. */
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

        /**
         * Sets from which directories, with what a trainer has saved elsewhere, first members begin, by the index of their initial
         * hyperparameters; all begin with freshly initialised weights by default.
         */
        public Builder checkpoints(Map<Integer, Path> saved) {
            this.checkpoints = saved;
            return this;
        }

        /** Sets whether random search runs as well; false by default. */
        public Builder baseline(boolean random) {
            this.baseline = random;
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

        /** Sets whether the study stops when restored models do not score like their checkpoints; it only says so by default. */
        public Builder strict(boolean stops) {
            this.strict = stops;
            return this;
        }

        /**
         * Returns the study.
         *
         * @throws IllegalArgumentException when a value is out of its range
         */
        public StudySpec build() {
            return new StudySpec(
                    name,
                    trainer,
                    space,
                    objective,
                    population,
                    budget,
                    intervalSteps,
                    burnInSteps,
                    strategy,
                    mode,
                    rules,
                    resources,
                    attempts,
                    absences,
                    ancestors,
                    initial,
                    baseline,
                    seed,
                    intervalTime,
                    strict,
                    checkpoints);
        }
    }
}
