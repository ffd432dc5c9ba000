package org.evolvent.study.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.trainer.internal.Evaluations;

/**
 * Trainers of one kind, in memory and within an instant: a model is its distance from what can be learnt, 10 at first and less with every
 * step by a share that the learning rate says. Scores of different learning rates differ by about 3.
 */
final class Pupil implements Trainers {
    /** Where random numbers come from. */
    enum Chance {
        /** The trainer's seed; the state of the stream is in the checkpoint. */
        SAVED,
        /** As above, and the checkpoint holds the time besides; so does a metric, which is equal by chance at first. */
        STAMPED,
        /** The trainer's seed; what is restored begins a stream of its own, as an environment begins a new episode. Reports samples. */
        ENVIRONMENT,
        /** Nobody knows. */
        GLOBAL,
        /** What is drawn in training follows from the seed, what is measured from nobody knows what. */
        MEASURED,
        /** Nobody knows, of a score that has so few values that it often repeats. */
        COARSE
    }

    /** What may be wrong. */
    enum Lie {
        NONE,
        /** The checkpoint brings the learning rate back. */
        STUCK,
        /** As above, and it holds the one that was asked for besides, as a note. */
        NOTED,
        /** The learning rate is noted and not used. */
        IDLE,
        /** Nothing is restored. */
        FORGETS,
        /** As above, and nothing is saved. */
        SAVES_NOTHING
    }

    /**
     * How it learns.
     *
     * @param pace the share of the distance that a step takes with a learning rate of 1
     * @param noise the standard deviation of what chance adds to a score
     * @param chance where random numbers come from
     * @param held whether weights stay in memory between two intervals
     * @param clip whether a hyperparameter is the longest step, and so acts while there is much to learn
     * @param lie what it does wrong
     */
    record Manner(double pace, double noise, Chance chance, boolean held, boolean clip, Lie lie) {}

    private record Model(double distance, double rate, double note, long stream, int drawn) {}

    private final Manner manner;
    private final Random global;
    private final Duration step;
    private final List<Long> lengths = new ArrayList<>();
    private final Map<CheckpointId, Model> saved = new HashMap<>();

    Pupil(Manner manner, long seed) {
        this(manner, seed, Duration.ZERO);
    }

    /**
     * Creates one.
     *
     * @param step how long it says that it took for each step
     */
    Pupil(Manner manner, long seed, Duration step) {
        this.manner = manner;
        this.step = step;
        this.global = new Random(seed);
    }

    @Override
    public Executor open(TrainerSettings site) {
        return new Desk(site.evaluations().get());
    }

    /** Returns the steps of all intervals that it has trained. */
    List<Long> lengths() {
        return lengths;
    }

    @Override
    public boolean holdWeights() {
        return manner.held;
    }

    @Override
    public void close() {}

    /** One trainer at work. */
    private final class Desk implements Executor {
        private final List<ExecutorEvent> ended = new ArrayList<>();
        private Optional<CheckpointId> holds = Optional.empty();
        private Model model = new Model(10, 0, 0, 0, 0);
        private final Evaluations evaluations;

        Desk(Evaluations evaluations) {
            this.evaluations = evaluations;
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void start(Attempt attempt) {
            double rate = attempt.hyperparameters().real("rate");
            Optional<CheckpointId> parent = attempt.parent().map(CheckpointRef::id);
            if (parent.isEmpty()) {
                model = model(10, rate, attempt.seed(), 0);
            } else if (manner.held && holds.equals(parent)) {
                model = model(model.distance, rate, model.stream, model.drawn);
            } else {
                model = restored(Objects.requireNonNull(saved.get(parent.get())), attempt, rate);
                if (evaluations.isDue()) {
                    evaluations.took(Duration.ZERO);
                    double found = manner.noise * global.nextGaussian() - model.distance;
                    ended.add(new ExecutorEvent.Restored(attempt, Map.of("score", found), List.of()));
                }
            }
            if (manner.noise > 0) { // Who draws nothing has nothing to begin anew.
                attempt.reseed().ifPresent(seed -> model = new Model(model.distance, model.rate, model.note, seed, 0));
            }
            Random random = new Random(
                    manner.chance == Chance.GLOBAL || manner.chance == Chance.COARSE
                            ? global.nextLong()
                            : 31 * model.stream + 17L * model.drawn);
            random.nextDouble(); // The first of similar seeds are similar.
            double distance = model.distance;
            for (int step = 0; step < attempt.steps(); step++) {
                double taken = distance * (1 - StrictMath.exp(-manner.pace * model.rate));
                distance -= manner.clip
                        ? StrictMath.min(taken, attempt.hyperparameters().real("clip"))
                        : taken;
                distance += manner.noise / 10 * random.nextGaussian();
            }
            lengths.add(attempt.steps());
            model = new Model(distance, model.rate, model.note, model.stream, model.drawn + 1);
            double score =
                    manner.noise * (manner.chance == Chance.MEASURED ? global : random).nextGaussian() - distance;
            if (manner.chance == Chance.COARSE) {
                score = StrictMath.rint(score);
            }
            String content = manner.chance == Chance.STAMPED ? model + " " + global.nextLong() : model.toString();
            CheckpointId id = new CheckpointId("%016x".formatted(content.hashCode() & 0xffffffffL));
            saved.put(id, model);
            holds = Optional.of(id);
            ended.add(new ExecutorEvent.Done(
                    attempt,
                    attempt.steps(),
                    manner.chance == Chance.STAMPED
                            ? Map.of("score", score, "runtime", (double) Math.max(4, lengths.size()))
                            : Map.of("score", score),
                    manner.chance == Chance.ENVIRONMENT ? List.of(score) : List.of(),
                    new CheckpointStore.Stored(id, manner.lie == Lie.SAVES_NOTHING ? 0 : 100),
                    new Execution(0, Instant.EPOCH, Instant.EPOCH, step.multipliedBy(attempt.steps()))));
        }

        private Model restored(Model weights, Attempt attempt, double rate) {
            if (manner.lie == Lie.FORGETS || manner.lie == Lie.SAVES_NOTHING) {
                return model(10, rate, attempt.seed(), 0);
            }
            boolean isOld = manner.lie == Lie.STUCK || manner.lie == Lie.NOTED;
            return new Model(
                    weights.distance,
                    isOld ? weights.rate : inForce(rate),
                    manner.lie == Lie.STUCK ? weights.note : rate,
                    weights.stream,
                    manner.chance == Chance.ENVIRONMENT ? 1_000_000 : weights.drawn);
        }

        private Model model(double distance, double rate, long stream, int drawn) {
            return new Model(distance, inForce(rate), rate, stream, drawn);
        }

        private double inForce(double rate) {
            return manner.lie == Lie.IDLE ? 0.1 : rate;
        }

        @Override
        public void cancel(Attempt attempt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ExecutorEvent> await(Duration atMost) {
            List<ExecutorEvent> events = List.copyOf(ended);
            ended.clear();
            return events;
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }
}
