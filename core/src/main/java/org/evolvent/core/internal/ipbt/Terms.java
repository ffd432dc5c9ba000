package org.evolvent.core.internal.ipbt;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.option.Options;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/**
 * When IPBT starts again, and how.
 *
 * @param patience the outer steps in a row without improvement before a restart, at least 1; 3 by default, the authors'
 * @param growth by how much each restart makes the outer steps longer, at least 2; 2 by default
 * @param fraction the share of the members whose weights everybody goes on with at a restart, above 0 and at most 0.5; 0.25 by default
 * @param slow how many outer steps may pass in which the best rises by less than a standard deviation, at least 2, or 0, which is any number;
 *     15 by default
 * @param renew the parameter that tells the trainer of a restart: a fixed choice; empty for none, the default
 * @param areFirst whether restarts are those of the first rules: when the highest value is older than patience, and with everybody's own weights
 */
record Terms(int patience, int growth, double fraction, int slow, String renew, boolean areFirst) {
    private static final Option<Integer> PATIENCE = new Option<>(
            "patience", OptionType.integer(1), 3, "the steps in a row without improvement before a restart");
    private static final Option<Integer> GROWTH =
            new Option<>("growth", OptionType.integer(2), 2, "by how much a restart makes the steps longer");

    static final Option<Double> FRACTION = new Option<>(
            "fraction",
            OptionType.realAbove(0, 0.5),
            0.25,
            "the share of the members that copy, of those that are copied, and of those whose weights survive a restart");

    private static final Option<Integer> SLOW = new Option<>(
            "slow",
            OptionType.integer(0),
            15,
            "the steps before a restart in which the best rises by less than a standard deviation; 0 is any number");
    private static final Option<String> RENEW = new Option<>(
            "renew",
            OptionType.text(),
            "",
            "the fixed choice that tells the trainer of a restart, such as to shrink and perturb");

    static final List<Option<?>> OPTIONS = List.of(PATIENCE, GROWTH, FRACTION, SLOW, RENEW);

    Terms {
        PATIENCE.require(patience);
        GROWTH.require(growth);
        FRACTION.require(fraction);
        SLOW.require(slow);
        if (slow == 1) {
            throw new IllegalArgumentException("The option slow is 1 but must be 0 or at least 2");
        }
    }

    static Terms of(Options options) {
        return new Terms(
                options.get(PATIENCE),
                options.get(GROWTH),
                options.get(FRACTION),
                options.getAdded(SLOW, 0),
                options.getAdded(RENEW),
                false);
    }

    Terms ofFirstRules() {
        return new Terms(patience, growth, fraction, slow, renew, true);
    }

    /** Returns whether so much progress calls for a restart. */
    boolean call(OuterProgress progress, int failures) {
        return areFirst ? progress.hasStagnated(patience) : failures >= patience || (slow > 0 && progress.isSlow(slow));
    }

    /** Returns hyperparameters that tell the trainer to go on as usual. */
    Hyperparameters usual(SearchSpace space, Hyperparameters hyperparameters) {
        return renew.isEmpty()
                ? hyperparameters
                : hyperparameters.with(renew, values(space).get(0));
    }

    /** Returns hyperparameters that tell the trainer of a restart: any of the other values, each as probable. */
    Hyperparameters renewed(SearchSpace space, Hyperparameters hyperparameters, RandomStream random) {
        if (renew.isEmpty()) {
            return hyperparameters;
        }
        List<Value> values = values(space);
        return hyperparameters.with(renew, values.get(1 + random.index(values.size() - 1)));
    }

    private List<Value> values(SearchSpace space) {
        Optional<Parameter> named = space.parameters().stream()
                .filter(parameter -> parameter.name().equals(renew))
                .findFirst();
        if (named.isPresent()
                && named.get().fixed()
                && named.get().domain() instanceof Choice choice
                && choice.values().size() > 1) {
            return choice.values();
        }
        throw new IllegalArgumentException(
                "The option renew is '%s' but must be the name of a parameter that is fixed and a choice of at least two values.\nMaybe %s: {choice: [keep, shrink], fixed: true}?"
                        .formatted(renew, renew));
    }
}
