package org.evolvent.study.internal.guard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StudyListener;
import org.evolvent.study.internal.text.Format;
import org.jspecify.annotations.Nullable;

/**
 * Tells when restored models do not score like their checkpoints: a study that copies them would tune nothing. Each kind of evidence is told
 * once. Used by the driver's thread only.
 *
 * <ul>
 *   <li>{@linkplain ExecutorEvent.Restored Evaluations} right after a restore, of trainers that can evaluate: most of the last
 *       {@value #WINDOW} are {@linkplain Drop worse} than luck explains, or all of them are the same, and worse than beginners.
 *   <li>{@value #NONE} of the last {@value #LATEST} of these evaluations give the score of the model that the same program had trained before, be it better or
 *       worse than the checkpoint's.
 *   <li>Where fewer than {@value #ENOUGH} were evaluated, since the trainer cannot, or it would take long, and all of them were worse: the last
 *       {@value #COPIES} copies all end their first interval like models that have just begun.
 *   <li>A trainer reads back hyperparameters that are in force, and they are others than it was asked for; that is no matter of luck.
 * </ul>
 *
 * <p>Several scores have to agree, since one model may be ruined by its new hyperparameters, or by luck.
 */
public final class RestoreGuard implements StudyListener {
    private static final int ENOUGH = 3;
    private static final int WINDOW = 4;
    private static final int COPIES = 8;
    private static final int NONE = 6;
    private static final int LATEST = 8;

    /** So many times the range of beginners' scores a copy has lost before it is told from one of them. */
    private static final double CLEAR = 4;

    /** What part of a loss is as good as none of it. */
    private static final double NEXT_TO_NOTHING = 0.15;

    private static final int FEWEST_BEGINNERS = 4;
    private static final int MOST_BEGINNERS = 256;
    private static final String REMEDY =
            "\nMaybe save leaves out the weights or what belongs to them, such as statistics of normalisation, or restore forgets to read it? 'evolvent check' tries the trainer alone.";

    private final Objective objective;
    private final int remembered;
    private final Consumer<String> tell;
    private final ScoreNoise noise = new ScoreNoise();
    private final Map<CheckpointId, Saved> saved = new LinkedHashMap<>();
    private final Map<MemberId, CheckpointId> newest = new HashMap<>();
    private final List<Double> beginners = new ArrayList<>();
    private final ArrayDeque<Drop> evaluated = new ArrayDeque<>();
    private final ArrayDeque<Drop> copied = new ArrayDeque<>();
    private final ArrayDeque<Drop> latest = new ArrayDeque<>();
    private final Set<Kind> told = new HashSet<>();

    /** The kinds of evidence. */
    private enum Kind {
        EVALUATED,
        COPIED,
        NO_METRIC,
        OTHERWISE
    }

    /** What was known of weights when they were saved. */
    private record Saved(MemberId author, int interval, double fitness) {}

    /**
     * Creates one.
     *
     * @param tell is told what is wrong, and what to mend
     */
    public RestoreGuard(Study study, Consumer<String> tell) {
        this.objective = study.objective();
        this.remembered = Math.max(64, 4 * study.population());
        this.tell = tell;
    }

    @Override
    public void reported(ExecutorEvent event) {
        if (event instanceof ExecutorEvent.Failed failed && failed.cause() == ExecutorEvent.Failed.Cause.OTHERWISE) {
            tell(
                    Kind.OTHERWISE,
                    "What a study asks for is not what is trained with. Of %s: %s\nSuch attempts fail. Maybe a checkpoint brings old hyperparameters back: set them after restoring, too. 'evolvent check' tries the trainer alone."
                            .formatted(
                                    failed.attempt(),
                                    failed.message().lines().findFirst().orElse("")));
        } else if (event instanceof ExecutorEvent.Restored restored && !told.contains(Kind.EVALUATED)) {
            Saved before = parent(restored.attempt());
            Score score = objective.scoreOf(restored.metrics());
            if (score instanceof Score.Absent absent) {
                tell(Kind.NO_METRIC, "A restored model was evaluated, but %s".formatted(absent.reason()));
            } else if (before != null) {
                Score replaced = objective.scoreOf(restored.replaced());
                evaluated(new Drop(
                        before.author(),
                        before.interval(),
                        before.fitness(),
                        objective.fitness(score),
                        replaced.isValid() ? OptionalDouble.of(objective.fitness(replaced)) : OptionalDouble.empty()));
            }
        }
    }

    /** Of weights that are evaluated again, one evaluation counts: a checkpoint that holds the state of its random numbers always has the same luck. */
    private void evaluated(Drop drop) {
        if (evaluated.stream().noneMatch(drop::isOfSameWeights)) {
            add(evaluated, drop, WINDOW);
            add(latest, drop, LATEST);
        }
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        if (events.isEmpty()) {
            recovered(state.get());
        }
        boolean isNew = false;
        for (Event event : events) {
            if (event instanceof Event.PopulationCreated created
                    && !created.founders().isEmpty()) {
                recovered(state.get());
            } else if (event instanceof Event.IntervalFinished finished) {
                finished(finished);
                isNew = true;
            }
        }
        if (isNew && !(evaluated.isEmpty() && copied.isEmpty())) {
            judge();
        }
    }

    private void recovered(StudyState state) {
        for (Member member : state.population()) {
            member.last()
                    .ifPresent(point -> point.checkpoint().ifPresent(weights -> {
                        if (point.score().isValid() && point.absences() == 0) {
                            remember(weights.id(), new Saved(weights.member(), weights.interval(), point.fitness()));
                        }
                    }));
        }
    }

    private void finished(Event.IntervalFinished finished) {
        Attempt attempt = finished.attempt();
        MemberId member = attempt.member();
        Saved before = parent(attempt);
        if (!finished.score().isValid()) {
            newest.remove(member);
            return;
        }
        double fitness = objective.fitness(finished.score());
        boolean goesOn = attempt.parent().isPresent()
                && attempt.parent().get().id().equals(newest.put(member, finished.checkpoint()));
        if (goesOn) {
            noise.goesOn(member, fitness);
        } else {
            noise.begins(member, fitness);
        }
        if (attempt.parent().isEmpty() && beginners.size() < MOST_BEGINNERS) {
            beginners.add(fitness);
        }
        if (before != null && evaluated.size() < ENOUGH && !before.author().equals(member)) {
            add(
                    copied,
                    new Drop(before.author(), before.interval(), before.fitness(), fitness, OptionalDouble.empty()),
                    COPIES);
        }
        remember(finished.checkpoint(), new Saved(member, attempt.interval(), fitness));
    }

    private @Nullable Saved parent(Attempt attempt) {
        return attempt.parent().map(weights -> saved.get(weights.id())).orElse(null);
    }

    private void remember(CheckpointId checkpoint, Saved what) {
        saved.put(checkpoint, what);
        if (saved.size() > remembered) {
            saved.remove(saved.keySet().iterator().next());
        }
    }

    private static void add(ArrayDeque<Drop> latest, Drop drop, int most) {
        latest.addLast(drop);
        if (latest.size() > most) {
            latest.removeFirst();
        }
    }

    private void judge() {
        OptionalDouble deviation = noise.deviation();
        agreed(evaluated, deviation)
                .or(this::collapsed)
                .or(this::none)
                .ifPresent(drop -> tell(
                        Kind.EVALUATED,
                        "A restored model does not score like its checkpoint: the weights of member %s, interval %s, had %s when they were saved, and %s when they were restored, before any training.%s%s"
                                .formatted(
                                        drop.author(),
                                        Format.interval(drop.interval()),
                                        score(drop.saved()),
                                        score(drop.restored()),
                                        drop.isNone()
                                                ? " So had the model that the program had trained before (%s), as if nothing were restored."
                                                        .formatted(score(
                                                                drop.replaced().orElseThrow()))
                                                : "",
                                        REMEDY)));
        // The time for evaluations may have been over before there were enough.
        if (evaluated.size() < ENOUGH
                && evaluated.stream().allMatch(drop -> drop.isReal(deviation))
                && copied.size() == COPIES
                && copied.stream().allMatch(drop -> drop.isReal(deviation) && isLikeBeginners(drop))) {
            Drop drop = copied.getLast();
            tell(
                    Kind.COPIED,
                    "The last %s copies all score like models that have just begun: weights of member %s had %s, and their copy %s after an interval. Unless new hyperparameters ruin every one, restoring loses what was learnt.%s"
                            .formatted(COPIES, drop.author(), score(drop.saved()), score(drop.restored()), REMEDY));
        }
    }

    /** Returns one that is worse than luck explains, if enough others, and most, are so as well. */
    private static Optional<Drop> agreed(Iterable<Drop> drops, OptionalDouble noise) {
        List<Drop> real = new ArrayList<>();
        int all = 0;
        for (Drop drop : drops) {
            all++;
            if (drop.isReal(noise)) {
                real.add(drop);
            }
        }
        return real.size() >= ENOUGH && 4 * real.size() >= 3 * all ? Optional.of(real.get(0)) : Optional.empty();
    }

    /** Returns one of several that all came back as the same, and worse than most beginners: nothing of them was restored. */
    private Optional<Drop> collapsed() {
        if (evaluated.size() < WINDOW || beginners.size() < FEWEST_BEGINNERS) {
            return Optional.empty();
        }
        DoubleSummaryStatistics restored =
                evaluated.stream().mapToDouble(Drop::restored).summaryStatistics();
        double least = evaluated.stream()
                .mapToDouble(drop -> drop.saved() - drop.restored())
                .min()
                .orElse(0);
        boolean isSame = restored.getMax() - restored.getMin() <= NEXT_TO_NOTHING * least;
        boolean isLow =
                beginners.stream().filter(score -> score < restored.getMax()).count() * 4 <= beginners.size();
        return least > 0 && isSame && isLow ? Optional.of(evaluated.getLast()) : Optional.empty();
    }

    /** Returns one of those that look as if nothing had been restored. Of a coarse metric many scores are alike, which tells nothing. */
    private Optional<Drop> none() {
        List<Drop> none = latest.stream().filter(Drop::isNone).toList();
        return none.stream().mapToDouble(Drop::restored).distinct().count() >= NONE
                ? Optional.of(none.get(none.size() - 1))
                : Optional.empty();
    }

    private boolean isLikeBeginners(Drop drop) {
        DoubleSummaryStatistics begun =
                beginners.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        double range = begun.getMax() - begun.getMin();
        return drop.saved() - drop.restored() > CLEAR * range
                && drop.restored() >= begun.getMin() - range / 2
                && drop.restored() <= begun.getMax() + range / 2;
    }

    private String score(double fitness) {
        return String.format(Locale.ROOT, "%s = %.6g", objective.metric(), objective.fitness(fitness));
    }

    private void tell(Kind kind, String text) {
        if (told.add(kind)) {
            tell.accept(text);
        }
    }
}
