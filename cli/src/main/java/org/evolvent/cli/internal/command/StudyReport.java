package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.core.study.Tally;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.run.Publication;
import org.evolvent.study.internal.run.RunSession.Ending;
import org.evolvent.study.internal.run.Summary;
import org.evolvent.study.internal.text.Format;

/** What a study came to, for people. */
final class StudyReport {
    private static final int MOST_ROWS = 12;

    private final PrintStream out;
    private final int slots;

    StudyReport(PrintStream out, int slots) {
        this.out = out;
        this.slots = slots;
    }

    /** Prints the end of a run. */
    void print(Ending ending, Optional<Summary> baseline, RunDirectory directory) {
        Summary summary = ending.summary();
        StudyState state = summary.state();
        Tally tally = state.tally();
        out.println();
        out.println("%s: %s, %s, %s in %s; the slots trained %s %% of the time"
                .formatted(
                        end(state, ending.publication()),
                        Format.count(summary.members(), "member"),
                        Format.count(tally.intervals(), "interval"),
                        Format.count(tally.exploits(), "exploit"),
                        Format.duration(summary.wallClock()),
                        Math.round(100 * summary.efficiency(slots))));
        if (tally.failedIntervals() > 0) {
            out.println("%s gave no score; %s replaced by better ones where there were any"
                    .formatted(
                            Format.count(tally.failedIntervals(), "interval"),
                            tally.failedIntervals() == 1 ? "its member was" : "their members were"));
        }
        if (tally.failedAttempts() > 0) {
            out.println("%s failed; %s says why, and evolvent logs %s what trainers printed"
                    .formatted(
                            Format.count(tally.failedAttempts(), "attempt"),
                            directory.logs().resolve("evolvent.log"),
                            directory.path()));
        }
        if (tally.lostAttempts() > 0) {
            out.println(
                    "%s, by no trainer's fault: a place was taken away, a program did not start, or a disk was full; %s says why"
                            .formatted(
                                    Format.count(tally.lostAttempts(), "lost attempt"),
                                    directory.logs().resolve("evolvent.log")));
        }
        summary.lost()
                .ifPresent(lost -> out.println(
                        "%s; %s says more".formatted(lost, directory.logs().resolve("evolvent.log"))));
        Optional<ReadyPoint> best = state.population().best();
        if (best.isEmpty()) {
            out.println("No member ever had a score, so there is no best model.");
            if (state.end().filter(end -> end == Event.End.FAILURE).isPresent()) {
                out.println(
                        "Once its cause is mended, any amendment lets it go on, and failures count anew: evolvent resume %s --set budget.steps=%s"
                                .formatted(
                                        directory.path(),
                                        state.study().budget().steps()
                                                + state.study().intervalSteps()));
            }
            if (!ending.publication().trouble().isEmpty()) {
                out.println(ending.publication().trouble());
            }
        } else {
            best(summary, best.get(), directory);
            published(ending.publication(), directory);
        }
        baseline.ifPresent(random -> compare(summary, random));
        if (best.isPresent() && state.end().isPresent()) {
            Path run = directory.path();
            boolean isFresh =
                    directory.beginning(Schedules.of(directory, best.get())).isEmpty();
            out.println("Next: evolvent show %s --member %s (what made it)%s"
                    .formatted(
                            run,
                            best.get().member(),
                            isFresh ? ", evolvent replay %s (train it again)".formatted(run) : ""));
        }
    }

    private static String end(StudyState state, Publication publication) {
        if (state.end().isPresent() && publication.failed()) {
            return "Over, but no best model could be published";
        }
        return state.end()
                .map(reason -> switch (reason) {
                    case BUDGET -> "Done";
                    case TARGET -> "Done, the target is reached";
                    case WALL_CLOCK -> "Done, the time is up";
                    case FAILURE -> "Ended early, since nobody had a score";
                })
                .orElse("Interrupted");
    }

    private void best(Summary summary, ReadyPoint best, RunDirectory directory) {
        String metric = summary.state().study().objective().metric();
        out.println("Best: %s %s, by member %s at step %s"
                .formatted(metric, Format.score(best.score()), best.member(), best.step()));
        String others = summary.bestMetrics().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(metric))
                .map(entry -> entry.getKey() + " " + Format.number(entry.getValue()))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            out.println("      " + others);
        }
        out.println("Its schedule:");
        Schedules.table(Schedules.of(directory, best), MOST_ROWS).forEach(line -> out.println("  " + line));
    }

    private void published(Publication publication, RunDirectory directory) {
        Path place = directory.path().resolve("best");
        if (publication.published().equals(publication.best())) {
            out.println("Its checkpoint and schedule.json: " + place);
            return;
        }
        out.println("It could not be published: " + publication.trouble());
        String older = Files.exists(place.resolve("schedule.json"))
                ? "; what is in %s is older".formatted(place)
                : ", and there is no %s".formatted(place);
        out.println(publication
                .published()
                .map(point -> "The best that is intact is published instead, %s by member %s at step %s: %s"
                        .formatted(Format.score(point.score()), point.member(), point.step(), place))
                .orElse("Nothing was published%s.\nMaybe evolvent verify %s says more; evolvent resume %s tries again."
                        .formatted(older, directory.path(), directory.path())));
    }

    private void compare(Summary summary, Summary random) {
        String metric = summary.state().study().objective().metric();
        Optional<ReadyPoint> best = random.state().population().best();
        String score = best.map(point -> Format.score(point.score())).orElse("no score");
        String unfinished = random.state().end().isEmpty() ? " so far" : "";
        out.println("Random search with the same budget%s: %s %s".formatted(unfinished, metric, score));
        String others = random.bestMetrics().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(metric))
                .map(entry -> entry.getKey() + " " + Format.number(entry.getValue()))
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            out.println("      " + others);
        }
    }
}
