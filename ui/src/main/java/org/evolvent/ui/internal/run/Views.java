package org.evolvent.ui.internal.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.evolvent.ui.internal.run.Query.BadQuery;
import org.evolvent.views.internal.family.Family;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.tree.HistoryForest.Along;
import org.evolvent.views.internal.tree.Window;
import org.evolvent.views.internal.view.Decisions;
import org.evolvent.views.internal.view.MemberPage;
import org.evolvent.views.internal.view.Node;
import org.evolvent.views.internal.view.Overview;
import org.evolvent.views.internal.view.PopulationView;
import org.evolvent.views.internal.view.Schedules;
import org.evolvent.views.internal.view.Slots;
import tools.jackson.databind.json.JsonMapper;

/** The views of a run by their names in addresses, as JSON. */
public final class Views {
    private static final int MOST_ROWS = 1000;
    private static final int USUAL_ROWS = 200;

    private static final int MOST_TREE_ROWS = 2000;
    private static final int USUAL_TREE_ROWS = 95;

    private static final Map<String, BiFunction<ShownRun, Query, Optional<?>>> BY_NAME = Map.of(
            "overview", (run, query) -> Optional.of(Overview.of(run.source(), run.baseline())),
            "schedules", (run, query) -> Optional.of(Schedules.of(history(run))),
            "decisions", (run, query) -> Optional.of(Decisions.of(history(run), filter(query))),
            "population", (run, query) -> Optional.of(PopulationView.of(run.source())),
            "slots",
                    (run, query) ->
                            Optional.of(Slots.of(history(run), run.source().slots())),
            "member", (run, query) -> member(history(run), query),
            "tree", (run, query) -> Optional.of(tree(run.family(), query)),
            "map", (run, query) -> Optional.of(run.family().map(query.text("colour"))),
            "ancestors", (run, query) -> Optional.of(run.family().ancestors()),
            "node", (run, query) -> Node.of(history(run), query.number("index").orElse(-1)));

    private static final List<String> FIRST = List.of("overview", "tree", "map", "ancestors");

    private Views() {}

    /**
     * Returns a view of a run as it is by now.
     *
     * @param name such as {@code overview}
     * @param query its options
     * @return JSON; empty when there is no such view, member or node
     * @throws BadQuery when an option cannot be understood
     */
    public static Optional<byte[]> json(ShownRun run, String name, Query query) {
        BiFunction<ShownRun, Query, Optional<?>> view = BY_NAME.get(name);
        if (view == null) {
            return Optional.empty();
        }
        return run.answer(
                name + query.values(), shown -> view.apply(shown, query).map(JsonMapper.shared()::writeValueAsBytes));
    }

    /** Computes what a page shows first, for it to be there when somebody asks. */
    static void prepare(ShownRun run) {
        for (String view : FIRST) {
            if (!run.isClosed()) {
                var unused = json(run, view, new Query(Map.of()));
            }
        }
        run.isPrepared();
    }

    private static History history(ShownRun run) {
        return run.source().history();
    }

    private static Optional<MemberPage> member(History history, Query query) {
        int member = query.number("index").orElse(0);
        return member < history.state().population().size()
                ? Optional.of(MemberPage.of(history, member))
                : Optional.empty();
    }

    private static Family.Shown tree(Family family, Query query) {
        int rows = query.number("rows").orElse(USUAL_TREE_ROWS);
        if (rows > MOST_TREE_ROWS) {
            throw new BadQuery("rows is %s but must be from 1 to %s".formatted(rows, MOST_TREE_ROWS));
        }
        Window window = new Window(
                query.place("from").orElse(Long.MIN_VALUE),
                query.place("to").orElse(Long.MAX_VALUE),
                rows,
                query.number("root"),
                query.text("living").filter("true"::equals).isPresent());
        Along along = query.text("along").filter("time"::equals).isPresent() ? Along.TIME : Along.STEPS;
        return family.tree(query.text("colour"), along, window);
    }

    private static Decisions.Filter filter(Query query) {
        int most = query.number("most").orElse(USUAL_ROWS);
        if (most > MOST_ROWS) {
            throw new BadQuery("most is %s but must be from 0 to %s".formatted(most, MOST_ROWS));
        }
        return new Decisions.Filter(
                query.text("kind"),
                query.number("member"),
                query.number("donor"),
                query.text("parameter"),
                query.text("text").orElse(""),
                query.number("skipped").orElse(0),
                most);
    }
}
