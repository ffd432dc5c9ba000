package org.evolvent.study.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.evolvent.core.option.OptionException;
import org.evolvent.core.population.Objective;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Parameter.Moves;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Mode;
import org.evolvent.study.SpecReader;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.trainer.Limits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StudySpecTest {
    private static final SearchSpace SPACE = SearchSpace.of(Parameter.of("x", Reals.linear(0, 1)));
    private static final List<String> WORDS = List.of(
            "a",
            "0.10",
            "true",
            "null",
            "~",
            "1e5",
            "",
            " ",
            "a: b",
            "#c",
            "- d",
            "\u00e4\u4e16",
            "'\"",
            "\t\n",
            "[x]",
            "0x1f");

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("seeds")
    void yamlAndJsonLoseNothing(long seed) {
        StudySpec spec = random(new Random(seed));
        Path elsewhere = Path.of("/elsewhere");
        assertThat(SpecReader.parse("yaml", spec.toYaml(), elsewhere)).isEqualTo(spec);
        assertThat(SpecReader.parse("json", spec.toJson(), elsewhere)).isEqualTo(spec);
        assertThat(StudyFile.of(spec).spec()).as("what runs").isEqualTo(spec);
        assertThat(spec.toBuilder().build()).isEqualTo(spec);
    }

    @Test
    void whatIsNotSaidIsTheDefault() {
        StudySpec read = SpecReader.parse("study.yaml", """
                study: s
                trainer: {embedded: true, directory: /base}
                space: {x: {float: [0, 1]}}
                objective: {metric: m, goal: maximize}
                budget: {steps: 10}
                interval: {steps: 1}
                """, Path.of("/"));
        assertThat(read)
                .isEqualTo(StudySpec.named("s", SPACE, Objective.maximize("m"), Budget.ofSteps(10), 1)
                        .trainer(new TrainerSpec.Embedded(Path.of("/base")))
                        .build());
        assertThat(read.strategy().options()).as("all defaults are there").containsKeys("exploit", "explore", "copy");
    }

    @Test
    void theSameStrategyIsTheSameValue() {
        assertThat(StrategySpec.of(Map.of())).isEqualTo(StrategySpec.standard());
        assertThat(StrategySpec.of(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.2)))))
                .as("the documented default, written out")
                .isEqualTo(StrategySpec.of(Map.of("exploit", "truncation")));
    }

    @Test
    void valuesOutOfTheirRangesAreRefused() {
        StudySpec.Builder builder = StudySpec.named("s", SPACE, Objective.maximize("m"), Budget.ofSteps(10), 1);
        assertThatThrownBy(() -> builder.population(1).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 but must be at least 2");
        assertThatThrownBy(() -> builder.population(2_000_000).build()).hasMessageContaining("at most 1000000");
        assertThatThrownBy(() -> StudySpec.named("a b", SPACE, Objective.maximize("m"), Budget.ofSteps(10), 1)
                        .build())
                .hasMessageContaining("'a b' but must be a name");
        assertThatThrownBy(() -> Resources.ofSlots(0))
                .hasMessageContaining("number of slots is 0 but must be at least 1");
        assertThatThrownBy(() -> StrategySpec.of(Map.of("exploit", "trunction")))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("exploit.trunction is no key of exploit")
                .hasMessageContaining("Maybe you meant 'truncation'?");
    }

    @Test
    void aRelativeDirectoryOfATrainerBeginsWhereTheProgramWasStarted() {
        Path here = Path.of("").toAbsolutePath();
        assertThat(new TrainerSpec.Command(List.of("python3", "train.py"), Map.of(), Limits.standard(), Path.of(""))
                        .directory())
                .isEqualTo(here);
        assertThat(new TrainerSpec.InJvm("a.B", List.of("lib/*"), Path.of("programs")).directory())
                .isEqualTo(here.resolve("programs"));
        assertThat(new TrainerSpec.Embedded(Path.of("programs")).directory()).isEqualTo(here.resolve("programs"));
    }

    @Test
    void optionsOfAnOwnStrategyAreKept() {
        Map<String, Object> options =
                Map.of("exploit", Map.of("java", Map.of("a.B", Map.of("depth", 3L, "name", "n"))), "explore", "none");
        StrategySpec own = StrategySpec.of(options);
        assertThat(own.options())
                .containsEntry(
                        "exploit", Map.of("java", Map.of("a.B", Map.of("depth", 3L, "name", "n")), "backtrack", false));
    }

    private static StudySpec random(Random random) {
        int parameters = 1 + random.nextInt(4);
        SearchSpace space = space(random, parameters);
        long steps = 1 + random.nextLong(1L << random.nextInt(1, 63));
        int population = 2 + random.nextInt(20);
        RandomStream stream = new RandomStream(random.nextLong());
        List<Hyperparameters> initial = Stream.generate(() -> space.sample(stream))
                .limit(random.nextInt(population))
                .toList();
        return StudySpec.named(
                        "s-" + random.nextInt(100),
                        space,
                        new Objective(
                                random.nextBoolean() ? "m" : "0.5",
                                random.nextBoolean() ? Objective.Goal.MAXIMIZE : Objective.Goal.MINIMIZE),
                        new Budget(
                                steps,
                                maybe(random, Duration.ofNanos(1 + random.nextLong(1L << 60))),
                                maybe(random, random.nextGaussian() * 1e9)),
                        1 + random.nextLong(steps))
                .trainer(trainer(random))
                .population(population)
                .burnInSteps(random.nextLong(1000))
                .strategy(strategy(random))
                .mode(random.nextBoolean() ? Mode.ASYNCHRONOUS : Mode.SYNCHRONOUS)
                .resources(Resources.standard())
                .attempts(1 + random.nextInt(1000))
                .absences(random.nextInt(1000))
                .ancestors(random.nextInt(1000))
                .initial(initial)
                .baseline(random.nextBoolean())
                .strict(random.nextBoolean())
                .seed(random.nextLong())
                .build();
    }

    private static SearchSpace space(Random random, int parameters) {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < parameters; i++) {
            Parameter parameter =
                    new Parameter("p" + i + (i == 1 ? ".x-y" : ""), domain(random), random.nextInt(4) == 0);
            if (random.nextInt(3) == 0) {
                boolean steps = parameter.domain().isOrdered() && random.nextBoolean();
                parameter = parameter.moving(new Moves(
                        steps ? List.of(0.5, 3.0) : List.of(),
                        !steps && parameter.domain().isOrdered() ? OptionalDouble.of(0.25) : OptionalDouble.empty(),
                        random.nextBoolean() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty(),
                        random.nextBoolean() ? OptionalDouble.of(0) : OptionalDouble.empty()));
            }
            if (parameter.domain() instanceof Ints ints && random.nextBoolean()) {
                parameter = parameter.beginning(ints.between(ints.low(), ints.low() + ints.step()));
            }
            if (parameter.domain() instanceof Reals reals && random.nextBoolean()) {
                parameter = parameter.beginning(reals.between(reals.low(), ((Value.Real) reals.at(0.5)).value()));
            }
            int before = i - 1;
            if (before >= 0 && all.get(before).domain() instanceof Choice choice && random.nextBoolean()) {
                parameter = parameter.onlyWhen(
                        all.get(before).name(), choice.values().subList(0, 1 + random.nextInt(2)));
            }
            all.add(parameter);
        }
        SearchSpace space = new SearchSpace(all);
        return all.get(0).domain() instanceof Reals && random.nextBoolean()
                ? space.constrained(Constraint.of("p0 * 1 <= p0"), Constraint.of("p0 + 1 > -(2e300)"))
                : space;
    }

    private static Domain domain(Random random) {
        double low = StrictMath.exp(random.nextGaussian() * 20);
        return switch (random.nextInt(10)) {
            case 9 ->
                new Choice(
                        List.of(
                                Value.of(null),
                                Value.of(List.of(1, 0.5, WORDS.get(random.nextInt(WORDS.size())))),
                                Value.of(Map.of("a b", List.of(), "c", Collections.singletonList(null)))),
                        random.nextBoolean());
            case 5 -> new Reals(0.9, 1 - StrictMath.exp(-3 - 10 * random.nextDouble()), Scale.DISCOUNT);
            case 6 -> Reals.linear(0, 0.7).inSteps(0.1);
            case 7 -> new Reals(low, low * 1e3, Scale.LOG).normal(low * 10, 1 + random.nextDouble());
            case 8 -> new Ints(-10, 50, Scale.LINEAR).normal(0, 20).inSteps(5);
            case 0 -> new Reals(-low, low * 2, Scale.LINEAR);
            case 1 -> new Reals(low, low * 1e3, Scale.LOG);
            case 2 -> new Ints(1, 2 + random.nextLong(1L << random.nextInt(1, 50)), Scale.LOG);
            case 3 -> new Choice(List.of(new Value.Real(0), new Value.Real(0.5), new Value.Real(1e300)), true);
            default ->
                new Choice(
                        List.of(
                                new Value.Text(WORDS.get(random.nextInt(6))),
                                new Value.Flag(true),
                                new Value.Int(random.nextLong(3, 99))),
                        random.nextBoolean());
        };
    }

    private static TrainerSpec trainer(Random random) {
        Path directory = Path.of(random.nextBoolean() ? "/a/b c" : "/");
        boolean isProgram = random.nextBoolean();
        if (!isProgram) {
            return random.nextBoolean()
                    ? new TrainerSpec.Embedded(directory)
                    : new TrainerSpec.InJvm("a.B", words(random), directory);
        }
        Map<String, String> environment = new LinkedHashMap<>();
        words(random).forEach(word -> environment.put("X" + environment.size(), word));
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(words(random));
        Limits limits = new Limits(
                Duration.ofNanos(1 + random.nextLong(1L << 60)),
                maybe(random, Duration.ofMillis(1 + random.nextInt())).filter(limit -> !limit.isNegative()),
                maybe(random, Duration.ofDays(400)),
                1 + random.nextLong(1L << 60));
        return new TrainerSpec.Command(command, environment, limits, directory);
    }

    private static StrategySpec strategy(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> StrategySpec.standard();
            case 1 -> StrategySpec.of(Map.of("explore", Map.of("perturb", Map.of("factors", List.of(0.5, 2.0)))));
            case 2 -> StrategySpec.of(Map.of("random_search", Map.of()));
            default ->
                new StrategySpec(
                        StrategySpec.of(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.3))))
                                .options(),
                        Optional.of(words(random)));
        };
    }

    private static List<String> words(Random random) {
        return random.ints(random.nextInt(4), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .toList();
    }

    private static <T> Optional<T> maybe(Random random, T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    @Test
    void resourcesOfEverySortSurvive() {
        Resources resources = new Resources(
                OptionalInt.of(3),
                OptionalInt.of(0),
                OptionalDouble.of(0.25),
                OptionalDouble.of(0.5),
                OptionalLong.of(12_345_678_901_234_567L),
                Optional.of(List.of("0", "GPU-1")));
        survives(resources);
    }

    @Test
    void placesElsewhereSurvive() {
        survives(new Resources(
                OptionalInt.of(8),
                OptionalInt.empty(),
                OptionalDouble.of(4),
                OptionalDouble.of(1),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(new Resources.Slurm(
                        OptionalLong.of(32_000_000_001L),
                        Optional.of(Duration.ofMinutes(90)),
                        Optional.of("gpu"),
                        List.of("--constraint=a100", "--comment=it's \"mine\""))),
                Optional.empty()));
        survives(new Resources(
                OptionalInt.of(8),
                OptionalInt.empty(),
                OptionalDouble.of(4),
                OptionalDouble.of(1),
                OptionalLong.empty(),
                Optional.of(List.of("0", "1")),
                Optional.empty(),
                Optional.of(new Resources.Launcher(List.of("ssh", "{host}"), List.of("a", "b"), true))));
    }

    private static void survives(Resources resources) {
        StudySpec spec = StudySpec.named("s", SPACE, Objective.minimize("m"), Budget.ofSteps(10), 1)
                .trainer(new TrainerSpec.Command(List.of("a"), Map.of(), Limits.standard(), Path.of("/")))
                .resources(resources)
                .build();
        assertThat(SpecReader.parse("yaml", spec.toYaml(), Path.of("/")).resources())
                .isEqualTo(resources);
        assertThat(SpecReader.parse("json", spec.toJson(), Path.of("/")).resources())
                .isEqualTo(resources);
    }
}
