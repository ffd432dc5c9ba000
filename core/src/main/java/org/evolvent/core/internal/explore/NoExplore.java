package org.evolvent.core.internal.explore;

import java.util.List;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.random.RandomStream;

/** Keeps what was inherited: the paper's exploit-only ablation. */
public record NoExplore() implements Explore {
    /** What there is to know about it. */
    public static final Descriptor<Explore> DESCRIPTOR = Descriptor.of(
            "none", "Copied hyperparameters stay as they are.", "", List.of(), options -> new NoExplore());

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        return new Exploration(handover.inherited(), "This strategy does not explore", Evidence.NONE);
    }
}
