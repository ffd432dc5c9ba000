package org.evolvent.bench;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.evolvent.views.internal.history.Follower;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.view.Decisions;
import org.evolvent.views.internal.view.MemberPage;
import org.evolvent.views.internal.view.Node;
import org.evolvent.views.internal.view.Overview;
import org.evolvent.views.internal.view.PopulationView;
import org.evolvent.views.internal.view.Schedules;
import org.evolvent.views.internal.view.Slots;
import org.evolvent.views.internal.view.Source;
import org.evolvent.views.internal.view.Standing;
import tools.jackson.databind.json.JsonMapper;

/** How long it takes to open a run to look at it, and then to make each view anew; and how many bytes a view has. */
public final class ViewCosts {
    private static final int TIMES = 5;

    private ViewCosts() {}

    /**
     * Measures and prints.
     *
     * @param arguments a run directory, as {@link SimulatedRun} makes it
     */
    public static void main(String[] arguments) {
        long before = System.nanoTime();
        try (Follower follower = Follower.whole(Path.of(arguments[0]))) {
            History history = follower.history();
            System.out.printf(
                    Locale.ROOT,
                    "opened in %.2f s: %,d events, %,d intervals; %,d MB alive%n",
                    (System.nanoTime() - before) / 1e9,
                    history.events(),
                    history.intervals().size(),
                    alive());
            Source source = new Source(history, arguments[0], Optional.empty(), 1, false, false);
            measure("overview", () -> Overview.of(source, Optional.empty()));
            measure("schedules", () -> Schedules.of(history));
            measure(
                    "decisions",
                    () -> Decisions.of(
                            history,
                            new Decisions.Filter(
                                    Optional.empty(),
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    Optional.empty(),
                                    "",
                                    0,
                                    200)));
            measure("population", () -> PopulationView.of(source));
            measure("member", () -> MemberPage.of(history, 0));
            measure("slots", () -> Slots.of(history, 1));
            measure("node", () -> Node.of(history, history.intervals().size() - 1));
            measure("standing", () -> Standing.of(history).length);
            measure("following when there is nothing new", follower::follow);
        }
    }

    private static void measure(String name, Supplier<?> view) {
        double least = Double.POSITIVE_INFINITY;
        int bytes = 0;
        for (int i = 0; i < TIMES; i++) {
            long before = System.nanoTime();
            Object made = view.get();
            least = Math.min(least, (System.nanoTime() - before) / 1e6);
            bytes = JsonMapper.shared().writeValueAsBytes(made).length;
        }
        System.out.printf(Locale.ROOT, "%-40s %8.1f ms %,12d bytes%n", name, least, bytes);
    }

    private static long alive() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000;
    }
}
