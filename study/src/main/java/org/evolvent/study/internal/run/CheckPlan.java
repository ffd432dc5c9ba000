package org.evolvent.study.internal.run;

/** How many intervals a check is to take, as far as is known. Not thread-safe. */
final class CheckPlan {
    private final boolean holdsWeights;
    private final int hyperparameters;
    private final boolean isTimed;
    private int tried;
    private int planned;

    /**
     * Plans for a trainer of which it is not known yet whether it repeats.
     *
     * @param holdsWeights whether it goes on with weights that it has in memory
     * @param hyperparameters how many can change
     * @param isTimed whether intervals have a time
     */
    CheckPlan(boolean holdsWeights, int hyperparameters, boolean isTimed) {
        this.holdsWeights = holdsWeights;
        this.hyperparameters = hyperparameters;
        this.isTimed = isTimed;
        this.planned = atLeast();
    }

    /** Takes into account whether the trainer repeats. */
    void learn(boolean repeats) {
        expect(ordinary(repeats) - atLeast());
    }

    /** Takes into account that it does not repeat after all, before anything is tried that depends on it. */
    void unlearn() {
        expect(ordinary(false) - ordinary(true) + (holdsWeights ? 0 : 1));
    }

    /** Expects more intervals. */
    void expect(int more) {
        planned += more;
    }

    /** Tells that the next interval begins. */
    void next(TrainerCheck.Listener listener) {
        tried++;
        listener.tries(tried, planned);
    }

    private int atLeast() {
        return Math.min(ordinary(true), ordinary(false));
    }

    /** Returns how many intervals a trainer is tried with of which nothing has to be looked into. */
    private int ordinary(boolean repeats) {
        int all = 3; // From fresh weights, from its checkpoint, and from fresh weights again.
        if (holdsWeights) {
            all += 2; // Hyperparameters that are applied, and a restore.
            all += repeats && hyperparameters > 0 ? 1 : 0;
        } else {
            all += repeats ? 1 : 0;
        }
        all += repeats ? AbilitiesCheck.RESEEDED : 0;
        if (hyperparameters > 0) {
            all += repeats ? hyperparameters : HyperparameterCheck.runs(hyperparameters);
        }
        return all + (isTimed ? 1 : 0);
    }
}
