package org.evolvent.cli.display;

import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Event;

/** What people have to be told of at once, whatever else is shown. */
final class Notices {
    private Notices() {}

    /** Returns a text for each event of this kind. */
    static List<String> of(List<? extends Event> events) {
        List<String> notices = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.CheckpointsLost lost) {
                notices.add(lost(lost));
            }
        }
        return notices;
    }

    private static String lost(Event.CheckpointsLost lost) {
        String who = lost.stranded().isEmpty()
                ? "Nobody needs them to go on."
                : "Members that go on without their weights: %s.".formatted(lost.stranded());
        List<String> names =
                lost.checkpoints().stream().map(CheckpointId::digest).toList();
        return "LOST: checkpoints %s. %s\n%s".formatted(names, lost.reason(), who);
    }
}
