package org.evolvent.study.internal.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;

/**
 * Says where the weights are from of a member that begins with those of elsewhere and fails: its trainer was given a copy, and knows no other
 * name of them. Used by the driver's thread only.
 */
final class UnfitWeights implements StudyListener {
    private final StudyListener display;
    private final Map<MemberId, String> origins = new HashMap<>();

    UnfitWeights(StudyListener display) {
        this.display = display;
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        for (Event event : events) {
            if (event instanceof Event.PopulationCreated created) {
                created.founders().forEach(founder -> origins.put(founder.member(), founder.origin()));
            } else if (event instanceof Event.IntervalFinished finished) {
                origins.remove(finished.attempt().member());
            } else if (event instanceof Event.AttemptFailed failed
                    && failed.fault().isTrainers()) {
                MemberId member = failed.attempt().member();
                Optional.ofNullable(origins.remove(member))
                        .ifPresent(origin -> display.warned(
                                "Member %s has failed, which begins from %s: can the trainer restore that?"
                                        .formatted(member, origin)));
            }
        }
    }
}
