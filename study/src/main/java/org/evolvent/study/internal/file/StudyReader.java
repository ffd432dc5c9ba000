package org.evolvent.study.internal.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Study;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.internal.command.CommandTemplate;
import org.evolvent.trainer.internal.explore.ProgramExplore;

/** Reads a whole study file, top level first; the parts with an own reader go there. */
final class StudyReader {
    /** More copies of everybody's weights than anybody has room for. */
    private static final int MOST_ANCESTORS = 1000;

    private static final int MOST_ABSENCES = 1_000_000;

    /**
     * What a study file says, and what was made of it.
     *
     * @param study the same as the engine runs it
     * @param programs those that the strategy asks
     * @param unloaded the names of what was not loaded
     * @param unmet what the study lacks without which its strategy would do nothing
     */
    record Parts(
            StudySpec spec, Study study, List<ProgramExplore> programs, List<String> unloaded, List<Problem> unmet) {}

    private final Fields fields;
    private final boolean loading;

    /**
     * Reads nothing yet.
     *
     * @param loading whether classes of the strategy's own are loaded
     */
    StudyReader(Fields fields, boolean loading) {
        this.fields = fields;
        this.loading = loading;
    }

    /**
     * Reads.
     *
     * @param base where relative paths begin
     * @return empty when there is a problem
     */
    Optional<Parts> read(Path base) {
        Optional<String> name = fields.require("study", "digits").flatMap(this::name);
        Optional<TrainerSpec> trainer = TrainerReader.trainer(fields, base);
        Optional<SearchSpace> space = SpaceReader.space(fields);
        trainer.ifPresent(found -> space.ifPresent(known -> checkPlaceholders(found, known)));
        Optional<Fields> aim = fields.requireFields("objective", "{metric: accuracy, goal: maximize}");
        Optional<Integer> absences = orDefault(
                aim.flatMap(inner -> inner.take("absences")),
                tree -> fields.whole(tree, 0, MOST_ABSENCES).map(Long::intValue),
                Study.DEFAULT_ABSENCES);
        Optional<Objective> objective = aim.flatMap(this::objective);
        Optional<Integer> population = orDefault(
                fields.take("population"),
                tree -> fields.whole(tree, 2, StudySpec.MOST_MEMBERS).map(Long::intValue),
                StudySpec.DEFAULT_POPULATION);
        Optional<Budget> budget =
                fields.requireFields("budget", "{steps: 20000}").flatMap(this::budget);
        Optional<Interval> interval =
                fields.requireFields("interval", "{steps: 500}").flatMap(inner -> interval(inner, budget));
        Optional<Long> burnIn = orDefault(
                fields.take("burn_in"),
                tree -> Fields.of(tree, "{steps: 1000}", fields.problems()).flatMap(StudyReader::burnIn),
                0L);
        Optional<StrategyReader.Read> strategy = StrategyReader.strategy(fields, trainer, loading);
        ExecutionReader.Section execution = ExecutionReader.execution(fields);
        if (trainer.isPresent() && !(trainer.get() instanceof TrainerSpec.Command)) {
            ExecutionReader.refuseResourcesOfPrograms(fields);
        }
        Optional<Integer> attempts = orDefault(
                fields.take("attempts"),
                tree -> fields.whole(tree, 1, 1000).map(Long::intValue),
                Study.DEFAULT_ATTEMPTS);
        Optional<Integer> ancestors = orDefault(
                fields.take("keep"),
                tree -> Fields.of(tree, "{ancestors: 1}", fields.problems()).flatMap(StudyReader::ancestors),
                0);
        Optional<Rules> rules = orDefault(
                fields.take("rules"),
                tree -> fields.whole(tree, 1, Rules.LATEST.number()).map(StudyReader::rules),
                Rules.LATEST);
        SpaceReader.Initial initial = initial(space, population, base);
        boolean baseline = fields.take("baseline")
                .flatMap(tree -> fields.word(tree, Map.of("none", false, "random", true)))
                .orElse(false);
        boolean strict = fields.take("strict").flatMap(fields::flag).orElse(false);
        long seed = fields.take("seed")
                .flatMap(tree -> fields.whole(tree, Long.MIN_VALUE, Long.MAX_VALUE))
                .orElse(0L);
        fields.finish();
        if (!fields.problems().isEmpty()) {
            return Optional.empty();
        }
        StudySpec.Builder asked = StudySpec.named(
                        name.orElseThrow(),
                        space.orElseThrow(),
                        objective.orElseThrow(),
                        budget.orElseThrow(),
                        interval.get().steps())
                .trainer(trainer.orElseThrow())
                .population(population.orElseThrow())
                .burnInSteps(burnIn.orElseThrow())
                .strategy(strategy.orElseThrow().spec())
                .mode(execution.mode())
                .rules(rules.orElseThrow())
                .resources(execution.resources())
                .attempts(attempts.orElseThrow())
                .absences(absences.orElseThrow())
                .ancestors(ancestors.orElseThrow())
                .initial(initial.points())
                .checkpoints(initial.checkpoints())
                .baseline(baseline)
                .strict(strict)
                .seed(seed);
        interval.get().time().ifPresent(asked::intervalTime);
        StudySpec spec = asked.build();
        Study study = spec.study(strategy.orElseThrow().strategy());
        return Optional.of(new Parts(
                spec,
                study,
                strategy.orElseThrow().programs(),
                strategy.orElseThrow().unloaded(),
                StrategyReader.unmet(fields, study.strategy(), study.population(), study.intervals())));
    }

    /** A plain command must know what its placeholders stand for, whatever is going to be done with the study. */
    private void checkPlaceholders(TrainerSpec trainer, SearchSpace space) {
        if (!(trainer instanceof TrainerSpec.Command command) || !CommandTemplate.isPlainCommand(command.words())) {
            return;
        }
        try {
            new CommandTemplate(command.words())
                    .check(space.parameters().stream().map(Parameter::name).toList());
        } catch (IllegalArgumentException e) {
            fields.take("trainer")
                    .ifPresent(tree -> fields.problems()
                            .add(new Problem(tree.place(), "trainer.command: %s".formatted(e.getMessage()))));
        }
    }

    private interface Reading<T> {
        Optional<T> of(Tree tree);
    }

    private static <T> Optional<T> orDefault(Optional<Tree> tree, Reading<T> reading, T standard) {
        return tree.isPresent() ? reading.of(tree.get()) : Optional.of(standard);
    }

    private Optional<String> name(Tree tree) {
        String text = tree instanceof Tree.Scalar scalar ? scalar.text() : "";
        if (text.matches(StudySpec.NAME)) {
            return Optional.of(text);
        }
        fields.problems()
                .add(Fields.wrong(
                        tree, "a name of at most 100 letters, digits, '_', '-' and '.' (it names a directory)"));
        return Optional.empty();
    }

    private Optional<Objective> objective(Fields inner) {
        Map<String, Objective.Goal> goals = new LinkedHashMap<>();
        goals.put("maximize", Objective.Goal.MAXIMIZE);
        goals.put("minimize", Objective.Goal.MINIMIZE);
        Optional<String> metric = inner.require("metric", "accuracy").flatMap(inner::text);
        Optional<Objective.Goal> goal = inner.require("goal", "maximize").flatMap(tree -> inner.word(tree, goals));
        inner.finish();
        return metric.flatMap(what -> goal.map(where -> new Objective(what, where)));
    }

    private Optional<Budget> budget(Fields inner) {
        Optional<Long> steps = inner.require("steps", "20000").flatMap(tree -> inner.whole(tree, 1, Long.MAX_VALUE));
        Optional<Duration> wallClock = inner.take("wall_clock").flatMap(inner::duration);
        Optional<Double> target = inner.take("target").flatMap(inner::number);
        inner.finish();
        return steps.map(most -> new Budget(most, wallClock, target));
    }

    /** How long an interval is; with a time, {@code steps} are the most. */
    private record Interval(long steps, Optional<Duration> time) {}

    private Optional<Interval> interval(Fields inner, Optional<Budget> budget) {
        Optional<Tree> seconds = inner.take("seconds");
        if (seconds.isPresent()) {
            Optional<Duration> time = inner.seconds(seconds.get());
            inner.take("steps")
                    .ifPresent(tree -> inner.problems()
                            .add(new Problem(
                                    tree.place(), "interval has steps and seconds but must have one of them")));
            inner.finish();
            return time.flatMap(found -> budget.map(most -> new Interval(most.steps(), time)));
        }
        Optional<Tree> tree = inner.require("steps", "500");
        Optional<Long> steps = tree.flatMap(found -> inner.whole(found, 1, Long.MAX_VALUE));
        inner.finish();
        if (steps.isPresent()
                && budget.isPresent()
                && steps.get() > budget.get().steps()) {
            inner.problems()
                    .add(Fields.wrong(
                            tree.orElseThrow(),
                            "at most budget.steps, which is " + budget.get().steps()));
            return Optional.empty();
        }
        return steps.map(found -> new Interval(found, Optional.empty()));
    }

    private static Rules rules(long number) {
        return Arrays.stream(Rules.values())
                .filter(rules -> rules.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Long> burnIn(Fields inner) {
        Optional<Long> steps = inner.require("steps", "1000").flatMap(tree -> inner.whole(tree, 0, Long.MAX_VALUE));
        inner.finish();
        return steps;
    }

    private static Optional<Integer> ancestors(Fields inner) {
        Optional<Long> kept = inner.require("ancestors", "1").flatMap(tree -> inner.whole(tree, 0, MOST_ANCESTORS));
        inner.finish();
        return kept.map(Long::intValue);
    }

    private SpaceReader.Initial initial(Optional<SearchSpace> space, Optional<Integer> population, Path base) {
        SpaceReader.Initial initial = SpaceReader.initial(fields, space, base);
        if (population.isPresent() && initial.points().size() > population.get()) {
            fields.take("initial")
                    .ifPresent(tree -> fields.problems()
                            .add(new Problem(
                                    tree.place(),
                                    "initial has %s members but must have at most the population of %s"
                                            .formatted(initial.points().size(), population.get()))));
        }
        return initial;
    }
}
