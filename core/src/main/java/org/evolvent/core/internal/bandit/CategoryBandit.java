package org.evolvent.core.internal.bandit;

import java.util.Arrays;
import java.util.List;
import org.evolvent.core.internal.bandit.RewardHistory.Row;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Value;

/**
 * TV.EXP3.M (Parker-Holder et al. 2021, algorithm 2): a bandit for rewards that change with time chooses a category. Its weights are
 * replayed from the whole history at each proposal.
 *
 * <p>A round is a batch of 1, so that dependent rounding is a plain draw and no weight can be too large for it. Deviations: see
 * {@link Pb2#DESCRIPTOR}.
 */
final class CategoryBandit {
    private CategoryBandit() {}

    /** Returns the probabilities of the values of a choice. */
    static double[] probabilities(String name, Choice choice, List<Row> rows) {
        int arms = choice.values().size();
        double rounds = StrictMath.max(1, rows.size());
        double exploration =
                StrictMath.min(1, StrictMath.sqrt(arms * StrictMath.log(arms) / ((StrictMath.E - 1) * rounds)));
        double drift = 1 / (10 * rounds);
        double low = rows.stream().mapToDouble(Row::gain).min().orElse(0);
        double high = rows.stream().mapToDouble(Row::gain).max().orElse(0);
        double[] weights = new double[arms];
        Arrays.fill(weights, 1.0 / arms);
        for (Row row : rows) {
            Value value = row.hyperparameters().get(name);
            int arm = choice.values().indexOf(value);
            double gain = high > low ? (row.gain() - low) / (high - low) : 0.5;
            double estimate = gain / ((1 - exploration) * weights[arm] + exploration / arms);
            double sum = 0;
            for (int i = 0; i < arms; i++) {
                double grown = i == arm ? weights[i] * StrictMath.exp(exploration * estimate / arms) : weights[i];
                weights[i] = grown + StrictMath.E * drift / arms;
                sum += weights[i];
            }
            for (int i = 0; i < arms; i++) {
                weights[i] /= sum;
            }
        }
        for (int i = 0; i < arms; i++) {
            weights[i] = (1 - exploration) * weights[i] + exploration / arms;
        }
        return weights;
    }

    /** Draws a value. */
    static Value drawn(String name, Choice choice, List<Row> rows, RandomStream random) {
        double[] probabilities = probabilities(name, choice, rows);
        double left = random.uniform();
        for (int i = 0; i < probabilities.length - 1; i++) {
            left -= probabilities[i];
            if (left < 0) {
                return choice.values().get(i);
            }
        }
        return choice.values().get(probabilities.length - 1);
    }
}
