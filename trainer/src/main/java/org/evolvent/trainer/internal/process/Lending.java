package org.evolvent.trainer.internal.process;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evolvent.trainer.internal.place.Placement;

/** What the slots of an executor know together of whoever lends their places. Thread-safe. */
final class Lending {
    private final Set<Placement> asked = ConcurrentHashMap.newKeySet();
    private volatile boolean hasGranted;

    /** Waits until a place is granted, or refused; returns whether it was granted. */
    boolean await(Placement placement) {
        asked.add(placement);
        boolean granted = placement.await();
        asked.remove(placement);
        hasGranted |= granted;
        return granted;
    }

    /** Returns whether it pays to ask again after a refusal: somebody has got a place before, or waits in the queue. */
    boolean isHopeful() {
        return hasGranted || asked.stream().anyMatch(Placement::isQueued);
    }
}
