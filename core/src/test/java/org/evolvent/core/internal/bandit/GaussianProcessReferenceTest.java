package org.evolvent.core.internal.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evolvent.core.internal.model.GaussianProcess;
import org.evolvent.core.internal.model.GaussianProcess.Posterior;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The process and PB2's kernels agree with scikit-learn. The cases were written by {@code core/src/test/python/gaussian_process_cases.py},
 * which also says what their lines mean.
 */
class GaussianProcessReferenceTest {
    private static final String CASES = "gaussian-process-cases.txt";

    record Case(
            String name,
            List<double[]> kernel,
            List<double[]> observed,
            List<double[]> expected,
            List<Double> likelihood) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = GaussianProcessReferenceTest.class.getResourceAsStream(CASES)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int space = line.indexOf(' ');
                String rest = line.substring(space + 1);
                switch (line.substring(0, space)) {
                    case "case" ->
                        cases.add(new Case(
                                rest, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
                    case "kernel" -> cases.get(cases.size() - 1).kernel().add(numbers(rest));
                    case "observe" -> cases.get(cases.size() - 1).observed().add(numbers(rest));
                    case "expect" -> cases.get(cases.size() - 1).expected().add(numbers(rest));
                    case "likelihood" ->
                        cases.get(cases.size() - 1).likelihood().add(Double.parseDouble(rest));
                    default -> assertThat(line).startsWith("#");
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(10);
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesToSixDigits(Case reference) {
        double[] kernel = reference.kernel().get(0);
        double[][] points = reference.observed().stream()
                .map(row -> Arrays.copyOfRange(row, 1, row.length))
                .toArray(double[][]::new);
        double[] values =
                reference.observed().stream().mapToDouble(row -> row[0]).toArray();
        GaussianProcess process = GaussianProcess.of(
                new TimeVaryingKernel((int) kernel[0], kernel[1], kernel[2], kernel[3], kernel[4]),
                kernel[5],
                points,
                values,
                kernel[6]);
        for (double[] row : reference.expected()) {
            double[] point = Arrays.copyOfRange(row, 2, row.length);
            Posterior posterior = process.posterior(point);
            assertThat(posterior.mean()).as("mean").isCloseTo(row[0], within(1e-6));
            assertThat(posterior.variance()).as("variance").isCloseTo(row[1], within(1e-6));
            assertThat(process.mean(point)).isEqualTo(posterior.mean());
        }
        assertThat(process.logLikelihood())
                .isCloseTo(
                        reference.likelihood().get(0),
                        within(1e-6
                                * Math.max(1, Math.abs(reference.likelihood().get(0)))));
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
