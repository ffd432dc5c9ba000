package org.evolvent.cli.internal.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.evolvent.cli.internal.display.Table;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.internal.audit.Explanation;
import org.evolvent.core.internal.audit.Explanation.Change;
import org.evolvent.core.internal.audit.Explanation.How;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Study;
import org.evolvent.study.internal.text.Format;

/** Tells why a member did what it did: sentences first, then who stood where, what changed, and where the random numbers came from. */
public final class ExplanationText {
    /** How many rows of a ranking are shown in full, and how many at each of its ends otherwise. */
    private static final int MOST_ROWS = 30;

    private static final int END_ROWS = 8;

    private final Study study;
    private final Explanation explanation;
    private final List<String> lines = new ArrayList<>();

    private ExplanationText(Study study, Explanation explanation) {
        this.study = study;
        this.explanation = explanation;
    }

    /** Returns the text. */
    public static List<String> of(Study study, Explanation explanation) {
        return new ExplanationText(study, explanation).lines();
    }

    private List<String> lines() {
        ReadyPoint point = explanation.point();
        lines.add("Member %s after interval %s, at step %s (event %s of the log)"
                .formatted(point.member(), point.interval(), point.step(), explanation.event()));
        lines.add(deed() + " " + standing());
        explanation
                .losses()
                .forEach(loss -> lines.add("  Lost before that, by event %s%s: %s"
                        .formatted(loss.event(), loss.stranded() ? "" : ", not needed to go on", loss.reason())));
        explanation.logged().forEach(decision -> lines.add("  %s: %s".formatted(verb(decision), decision.reason())));
        test().ifPresent(lines::add);
        lead().ifPresent(lines::add);
        ends().ifPresent(lines::add);
        lines.add("");
        ranking();
        if (explanation.changes().stream().anyMatch(change -> change.how() != How.KEPT)) {
            lines.add("");
            changes();
        }
        lines.add("");
        lines.add("Its random numbers come from the key %s of seed %s, member %s, interval %s%s."
                .formatted(key(explanation), study.seed(), point.member(), point.interval(), drawn()));
        agreement();
        return lines;
    }

    /** Returns the key as it is written: 16 hexadecimal digits. */
    static String key(Explanation explanation) {
        return "%016x".formatted(explanation.key());
    }

    private String deed() {
        Optional<Decision.Exploit> copy = explanation.copy();
        long changed = explanation.changes().stream()
                .filter(change -> change.how() == How.MOVED || change.how() == How.DRAWN)
                .filter(change -> !change.next().equals(change.inherited()))
                .count();
        String changes = Format.count(changed, "hyperparameter");
        if (copy.isPresent()) {
            boolean weights = copy.get().weights().isPresent();
            boolean values = !copy.get().before().equals(copy.get().after());
            String what = weights ? values ? "weights and hyperparameters" : "the weights" : "the hyperparameters";
            return "It copied %s of member %s, interval %s%s."
                    .formatted(
                            what,
                            copy.get().donor(),
                            Format.interval(copy.get().donorInterval()),
                            changed == 0 ? "" : ", and changed " + changes);
        }
        if (explanation.logged().get(0) instanceof Decision.Stop) {
            return "It stopped.";
        }
        return changed == 0 ? "It went on as it was." : "It kept its weights and changed %s.".formatted(changes);
    }

    private String standing() {
        if (explanation.point().score() instanceof Score.Invalid invalid) {
            return "It had no valid score: %s.".formatted(invalid.reason());
        }
        if (explanation.point().score() instanceof Score.Absent absent) {
            return "It has had no score yet: %s.".formatted(absent.reason());
        }
        return "%s%s of %s%s ranked %s of %s%s."
                .formatted(
                        when(),
                        study.objective().metric(),
                        Format.score(explanation.judged().score()),
                        age(explanation.judged()),
                        explanation.rank(),
                        explanation.members(),
                        unranked());
    }

    /** Results of the same step are compared, and that of the deciding member may be an older one. */
    private String when() {
        OptionalLong step = explanation.comparedAtStep();
        return step.isEmpty() ? "Its " : "At step %s, where results were compared, its ".formatted(step.getAsLong());
    }

    private static String age(ReadyPoint point) {
        return point.absences() == 0
                ? ""
                : ", reported %s before,".formatted(Format.count(point.absences(), "interval"));
    }

    private String unranked() {
        int missing = explanation.members() - explanation.ranking().size();
        return missing == 0 ? "" : "; %s had nothing to compare yet".formatted(Format.count(missing, "other"));
    }

    private static String verb(Decision decision) {
        if (decision instanceof Decision.Exploit) {
            return "Why it copied";
        }
        if (decision instanceof Decision.Explore) {
            return "How it explored";
        }
        return decision instanceof Decision.Stop ? "Why it stopped" : "Why it went on";
    }

    private Optional<String> test() {
        Optional<Object> p = explanation.fact("p");
        Optional<Object> level = explanation.fact("level");
        if (!(p.orElse(null) instanceof Double probability)) {
            return Optional.empty();
        }
        String against = level.orElse(null) instanceof Double limit
                ? ", which is %s the level of %s".formatted(probability < limit ? "below" : "not below", limit)
                : "";
        return Optional.of("  The test gave p = %s%s.".formatted(Format.number(probability), against));
    }

    /** A lead that was no reason to copy stands in the reason. */
    private Optional<String> lead() {
        return explanation.copy().isPresent()
                        && explanation.fact("lead").orElse(null) instanceof Double lead
                        && explanation.fact("needed_lead").orElse(null) instanceof Double needed
                ? Optional.of("  It leads by %s; %s."
                        .formatted(
                                Format.number(lead),
                                needed > 0
                                        ? "up to %s might have been noise".formatted(Format.number(needed))
                                        : "no noise was known of"))
                : Optional.empty();
    }

    private Optional<String> ends() {
        int top = explanation.top();
        int bottom = explanation.bottom();
        if (top == 0) {
            return Optional.empty();
        }
        List<ReadyPoint> ranking = explanation.ranking();
        String best = "  The top %s: %s.".formatted(top, named(ranking.subList(0, top)));
        return Optional.of(
                bottom > ranking.size()
                        ? best
                        : best + " The bottom: %s.".formatted(named(ranking.subList(bottom - 1, ranking.size()))));
    }

    private static String named(List<ReadyPoint> points) {
        String few = points.stream()
                .limit(END_ROWS)
                .map(point -> "member %s (%s)".formatted(point.member(), Format.score(point.score())))
                .collect(Collectors.joining(", "));
        return points.size() > END_ROWS ? few + " and %s more".formatted(points.size() - END_ROWS) : few;
    }

    private void ranking() {
        Table table = new Table(List.of("rank", "member", "interval", "step", "score", ""));
        List<ReadyPoint> ranking = explanation.ranking();
        int own = explanation.rank() - 1;
        boolean gap = false;
        for (int i = 0; i < ranking.size(); i++) {
            ReadyPoint point = ranking.get(i);
            boolean isShown = ranking.size() <= MOST_ROWS
                    || i < END_ROWS
                    || i >= ranking.size() - END_ROWS
                    || Math.abs(i - own) <= 1
                    || isDonor(point);
            if (isShown) {
                table.row(List.of(
                        Integer.toString(i + 1),
                        point.member().toString(),
                        Format.interval(point.interval()),
                        Long.toString(point.step()),
                        Format.score(point.score()),
                        role(i + 1, point)));
            } else if (!gap) {
                table.row(List.of("...", "", "", "", "", ""));
            }
            gap = !isShown;
        }
        table.lines().forEach(line -> lines.add("  " + line));
    }

    private boolean isDonor(ReadyPoint point) {
        return explanation
                .copy()
                .filter(copy -> copy.donor().equals(point.member()))
                .isPresent();
    }

    private String role(int rank, ReadyPoint point) {
        List<String> roles = new ArrayList<>();
        if (point.member().equals(explanation.member())) {
            roles.add("decides");
        }
        if (isDonor(point)) {
            roles.add("is copied");
        }
        if (explanation
                .fact("opponent")
                .filter(index -> index.equals((long) point.member().index()))
                .isPresent()) {
            roles.add("is met");
        }
        if (rank <= explanation.top()) {
            roles.add("top");
        } else if (rank >= explanation.bottom()) {
            roles.add("bottom");
        }
        return String.join(", ", roles);
    }

    private void changes() {
        boolean copied = explanation.copy().isPresent();
        Table table = new Table(
                copied
                        ? List.of("hyperparameter", "own", "copied", "next", "")
                        : List.of("hyperparameter", "own", "next", ""));
        for (Change change : explanation.changes()) {
            List<String> row = new ArrayList<>(List.of(change.name(), Format.value(change.own())));
            if (copied) {
                row.add(Format.value(change.inherited()));
            }
            row.add(Format.value(change.next()));
            row.add(how(change));
            table.row(row);
        }
        table.lines().forEach(line -> lines.add("  " + line));
    }

    private static String how(Change change) {
        return switch (change.how()) {
            case KEPT -> "";
            case COPIED -> "copied";
            case DRAWN -> "drawn anew";
            case MOVED ->
                change.factor()
                        .map(factor -> "moved by a factor of " + Format.number(factor))
                        .orElse("moved");
        };
    }

    private String drawn() {
        List<String> drawn = new ArrayList<>();
        explanation
                .fact("donor_rank")
                .ifPresent(rank -> drawn.add("rank %s of the top %s to copy".formatted(rank, explanation.top())));
        explanation.fact("opponent").ifPresent(opponent -> drawn.add("member %s to compare with".formatted(opponent)));
        names("resampled").ifPresent(names -> drawn.add("new values of " + names));
        names("perturbed").ifPresent(names -> drawn.add("factors for " + names));
        return drawn.isEmpty() ? "" : "; they drew " + String.join(", ", drawn);
    }

    private Optional<String> names(String fact) {
        return explanation
                .fact(fact)
                .filter(names -> names instanceof List<?> list && !list.isEmpty())
                .map(names -> ((List<?>) names).stream().map(String::valueOf).collect(Collectors.joining(" and ")));
    }

    private void agreement() {
        if (explanation.derived().isEmpty()) {
            lines.add("Not derived again: the strategy has parts of the study's own, which are not run here.");
        } else if (explanation.agrees()) {
            lines.add("Derived again from the %s before it: identical."
                    .formatted(Format.count(explanation.event() - 1, "event")));
        } else {
            lines.add("Derived again from the %s before it: NOT what the log says, but:"
                    .formatted(Format.count(explanation.event() - 1, "event")));
            explanation.derived().get().forEach(decision -> lines.add("  " + decision));
            lines.add("Maybe 'evolvent verify' tells where the log goes wrong.");
        }
    }
}
