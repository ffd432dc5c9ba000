package org.evolvent.core.internal.strategy;

import org.evolvent.core.internal.exploit.NonDominated;
import org.evolvent.core.internal.explore.GridShift;
import org.evolvent.core.internal.explore.Resample;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Options;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.strategy.Strategy;

/** MO-PBT as its authors compose it (Dushatskiy et al. 2023, ICML): fronts select, and grid levels are resampled or shifted. */
public final class MoPbt {
    private static final double RESAMPLE = 0.2;

    /** What there is to know about it. */
    public static final Descriptor<Strategy> DESCRIPTOR = NonDominated.describing(
                    "mo_pbt", "Selection by several objectives at once.", MoPbt::of)
            .deviating("""
                    It is `non_dominated` and `shift` with what differs there. First hyperparameters are independent draws from the prior; \
                    the authors draw permutations of the levels, so that each comes as often as others: of few members more may begin \
                    alike. Who would copy one that equals it on all objectives varies what it has.""");

    private MoPbt() {}

    private static Strategy of(Options options) {
        return new Pbt(NonDominated.of(options), new Resample(RESAMPLE, GridShift.standard()), Copied.EVERYTHING);
    }
}
