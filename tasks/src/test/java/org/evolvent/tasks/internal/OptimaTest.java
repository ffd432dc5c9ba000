package org.evolvent.tasks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.junit.jupiter.api.Test;

/** The best that schedules and constants reach, found by search and compared with what the tasks say. */
class OptimaTest {
    @Test
    void figure2() {
        SyntheticTask task = PublishedTasks.figure2();
        assertThat(task.reached(step -> h(Map.of("h0", 1.0, "h1", 1.0)), 0)).isCloseTo(task.constant(), within(1e-6));
        assertThat(task.reached(step -> h(Map.of("h0", 1.0, "h1", 0.0)), 0)).isCloseTo(0.39, within(1e-6));
        assertThat(task.optimum()).isEqualTo(1.2);
    }

    @Test
    void plain() {
        SyntheticTask task = PublishedTasks.plain();
        assertThat(bestConstant(task, "h", i -> 1e-4 * Math.pow(1.1e4, i / 200.0)))
                .isCloseTo(task.constant(), within(1e-6));
        assertThat(task.optimum()).isEqualTo(task.constant());
        assertThat(task.reached(step -> h(Map.of("h", 1.0)), 0)).isCloseTo(1.1852, within(1e-4));
    }

    /** From the line on, one interval after the other is moved to wherever it is best, until nothing gets better. */
    @Test
    void deceptive() {
        SyntheticTask task = PublishedTasks.deceptive();
        assertThat(bestConstant(task, "h", i -> 0.5 + 0.5 * i / 200)).isCloseTo(task.constant(), within(1e-5));
        assertThat(task.reached(step -> h(Map.of("h", 1.0)), 0)).isCloseTo(0.955, within(5e-4));
        assertThat(task.reached(step -> h(Map.of("h", 1e-4)), 0)).isCloseTo(0.827, within(5e-4));
        double[] schedule =
                IntStream.range(0, 50).mapToDouble(i -> 1 - i / 50.0).toArray();
        double reached = of(task, schedule);
        assertThat(reached).isCloseTo(1.198, within(5e-4));
        for (double before = 0; reached > before; ) {
            before = reached;
            for (int i = 0; i < 50; i++) {
                for (int k = 0; k <= 22; k++) {
                    double[] moved = schedule.clone();
                    moved[i] = Math.max(1e-4, k / 20.0);
                    double score = of(task, moved);
                    if (score > reached) {
                        reached = score;
                        schedule = moved;
                    }
                }
            }
        }
        assertThat(reached).isCloseTo(task.optimum(), within(1e-6));
        assertThat(schedule[45]).as("the line").isCloseTo(0.1, within(1e-12));
        assertThat(schedule[46]).as("the drop").isEqualTo(1e-4);
    }

    private static double of(SyntheticTask task, double[] schedule) {
        return task.reached(step -> h(Map.of("h", schedule[(int) (step / task.intervalSteps())])), 0);
    }

    /** Means of 300 populations of 8 that share a rate, or always have the right one, and never copy. */
    @Test
    void triangle() {
        SyntheticTask task = PublishedTasks.triangle();
        double best = IntStream.rangeClosed(0, 4)
                .mapToDouble(i -> bestOf8(rate -> 0.0028 + 0.0003 * i))
                .max()
                .orElseThrow();
        assertThat(best).isCloseTo(task.constant(), within(4.0));
        assertThat(bestOf8(PublishedTasks::bestTriangleRate)).isCloseTo(task.optimum(), within(4.0));
    }

    private static double bestOf8(DoubleUnaryOperator rate) {
        RandomStream random = new RandomStream(1);
        double sum = 0;
        for (int population = 0; population < 300; population++) {
            double best = 0;
            for (int member = 0; member < 8; member++) {
                best = Math.max(best, PublishedTasks.triangle(0, 200, rate, random));
            }
            sum += best / 300;
        }
        return sum;
    }

    @Test
    void stepwise() {
        SyntheticTask task = DesignedTasks.stepwise();
        assertThat(bestConstant(task, "lr", i -> Math.pow(10, -4 + 4.0 * i / 200)))
                .isCloseTo(task.constant(), within(1e-3))
                .isCloseTo((1 + 2 / Math.E) / 3, within(1e-3));
        double right =
                task.reached(step -> h(Map.of("lr", step < 400 / 3.0 ? 0.1 : step < 800 / 3.0 ? 0.01 : 0.001)), 0);
        assertThat(right).isGreaterThan(0.97 * task.optimum());
    }

    @Test
    void noisyAndSpeeds() {
        for (SyntheticTask task : List.of(DesignedTasks.noisy(), DesignedTasks.speeds())) {
            assertThat(task.reached(step -> h(Map.of("lr", 0.01)), 0)).isCloseTo(task.optimum(), within(1e-9));
            assertThat(task.constant()).isEqualTo(task.optimum());
        }
    }

    @Test
    void smooth() {
        SyntheticTask task = DesignedTasks.smooth();
        double best = 0;
        for (int i = 0; i <= 40; i++) {
            double x = 0.3 + i * 0.01;
            for (int k = 0; k <= 40; k++) {
                double y = 0.4 + k * 0.01;
                best = Math.max(best, task.reached(step -> h(Map.of("x", x, "y", y, "z", 0.5)), 0));
            }
        }
        assertThat(best).isCloseTo(task.constant(), within(1e-3));
        double right = task.reached(
                step -> h(Map.of("x", 0.3 + 0.4 * (step + 4) / 400, "y", 0.8 - 0.4 * (step + 4) / 400, "z", 0.5)), 0);
        assertThat(right).isCloseTo(task.optimum(), within(1e-3));
    }

    @Test
    void choices() {
        SyntheticTask task = DesignedTasks.choices();
        assertThat(task.reached(step -> Hyperparameters.ofPlain(Map.of("first", "d", "second", "d", "third", "d")), 0))
                .isCloseTo(task.optimum(), within(1e-9));
        assertThat(task.reached(step -> Hyperparameters.ofPlain(Map.of("first", "d", "second", "a", "third", "h")), 0))
                .isCloseTo(0.33 * 0.33, within(1e-9));
    }

    @Test
    void twoHills() {
        SyntheticTask task = DesignedTasks.twoHills();
        assertThat(task.reached(step -> h(Map.of("x", 0.9, "y", 0.9)), 0)).isCloseTo(task.optimum(), within(1e-9));
        assertThat(task.reached(step -> h(Map.of("x", 0.2, "y", 0.9)), 0)).isCloseTo(0.5, within(1e-9));
        assertThat(task.reached(step -> h(Map.of("x", 0.2, "y", 0.2)), 0)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void sparse() {
        SyntheticTask task = DesignedTasks.sparse();
        assertThat(task.reached(step -> h(Map.of("x", 0.7, "y", 0.3)), 0)).isCloseTo(task.optimum(), within(1e-9));
        assertThat(task.constant()).isEqualTo(task.optimum());
        assertThat(task.reached(step -> h(Map.of("x", 0.2, "y", 0.3)), 0)).isZero();
        SyntheticTask short160 = task.withIntervalSteps(160);
        assertThat(short160.reached(step -> h(Map.of("x", 0.7, "y", step < 160 ? 0.3 : 1.0)), 0))
                .as("it is found at step 160, and then hardly anything is learned")
                .isBetween(0.0, 0.01);
    }

    @Test
    void mixed() {
        SyntheticTask task = DesignedTasks.mixed();
        double best = 0;
        for (String kind : List.of("a", "b", "c", "d", "e", "f")) {
            for (int i = 0; i <= 100; i++) {
                Map<String, Value> values =
                        new HashMap<>(h(Map.of("x", i / 100.0, "y", 0.7)).values());
                values.put("kind", Value.of(kind));
                best = Math.max(best, task.reached(step -> Hyperparameters.of(values), 0));
            }
        }
        assertThat(best).isCloseTo(task.constant(), within(1e-3));
    }

    @Test
    void twoObjectives() {
        SyntheticTask task = DesignedTasks.twoObjectives();
        assertThat(task.reached(step -> h(Map.of("h", 1.0, "x", 0.6)), 0)).isCloseTo(task.optimum(), within(1e-9));
        SyntheticTask sum = task.withObjective(new Objective("sum", Goal.MAXIMIZE));
        assertThat(sum.reached(step -> h(Map.of("h", 0.5, "x", 0.6)), 0)).isCloseTo(Math.sqrt(2), within(1e-9));
    }

    /** Sixteen angles, evenly spread at first, each moved to and fro as long as the area grows. */
    @Test
    void theBestFrontOfSixteen() {
        double[] angles =
                IntStream.range(0, 16).mapToDouble(i -> (i + 1) * Math.PI / 34).toArray();
        double area = area(angles);
        for (double step = 0.05; step > 1e-4; ) {
            double before = area;
            for (int i = 0; i < 16; i++) {
                for (double move : new double[] {-step, step}) {
                    double[] moved = angles.clone();
                    moved[i] += move;
                    if (area(moved) > area) {
                        area = area(moved);
                        angles = moved;
                    }
                }
            }
            step = area > before ? step : step / 2;
        }
        assertThat(area).isCloseTo(DesignedTasks.BEST_OF_16, within(1e-4)).isLessThan(Math.PI / 4);
    }

    private static double area(double[] angles) {
        List<Hypervolume.Point> points = new ArrayList<>();
        for (double angle : angles) {
            points.add(new Hypervolume.Point(Math.sin(angle), Math.cos(angle)));
        }
        return Hypervolume.of(points);
    }

    @Test
    void theAreaOfAFront() {
        assertThat(Hypervolume.of(List.of())).isZero();
        assertThat(Hypervolume.of(List.of(new Hypervolume.Point(2, 3)))).isEqualTo(6);
        assertThat(Hypervolume.of(List.of(
                        new Hypervolume.Point(1, 3),
                        new Hypervolume.Point(3, 1),
                        new Hypervolume.Point(2, 2),
                        new Hypervolume.Point(1, 1),
                        new Hypervolume.Point(2, 2),
                        new Hypervolume.Point(-1, 9),
                        new Hypervolume.Point(9, -1))))
                .isEqualTo(6);
    }

    private static double bestConstant(SyntheticTask task, String name, IntToDoubleFunction grid) {
        return IntStream.rangeClosed(0, 200)
                .mapToDouble(i -> task.reached(step -> h(Map.of(name, grid.applyAsDouble(i))), 0))
                .max()
                .orElseThrow();
    }

    private static Hyperparameters h(Map<String, Double> values) {
        Map<String, Value> all = new HashMap<>();
        values.forEach((name, value) -> all.put(name, new Value.Real(value)));
        return Hyperparameters.of(all);
    }
}
