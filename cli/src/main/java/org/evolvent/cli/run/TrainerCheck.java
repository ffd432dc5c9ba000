package org.evolvent.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/**
 * Finds out, with a few tiny intervals, whether a trainer keeps what Population Based Training needs: it reports the metric, it
 * reproduces under a seed, it can be saved and restored without loss, and it takes other hyperparameters in place.
 */
public final class TrainerCheck {
    /** How a finding is to be taken. */
    public enum Grade {
        /** As it must be. */
        OK,
        /** Not ideal, or it could not be told. */
        WARNING,
        /** The study would go wrong. */
        WRONG
    }

    /** One finding, in a sentence or two. */
    public record Finding(Grade grade, String text) {}

    private static final MemberId MEMBER = new MemberId(0);

    private final Trainers trainers;
    private final Site site;
    private final Study study;
    private final long steps;
    private final long seed;
    private final List<Finding> findings = new ArrayList<>();
    private boolean byBytes = true;

    /**
     * Prepares a check.
     *
     * @param site where, with one slot and room for one hot trainer
     * @param steps the length of an interval
     */
    public TrainerCheck(Trainers trainers, Site site, Study study, long steps) {
        this.trainers = trainers;
        this.site = site;
        this.study = study;
        this.steps = steps;
        this.seed = new Randomness(study.seed()).key(Purpose.TRAINER, MEMBER.index(), 0);
    }

    /** Returns what was found. */
    public List<Finding> run() {
        Hyperparameters first =
                StudyState.firstPopulation(study).hyperparameters().get(0);
        try (Executor one = trainers.open(site)) {
            Optional<ExecutorEvent.Done> start =
                    train(one, 0, first, Optional.empty(), "The trainer starts, trains and saves");
            start.ifPresent(done -> {
                score(done);
                boolean repeats = repeats(first, done);
                Optional<ExecutorEvent.Done> straight =
                        train(one, 1, first, Optional.of(ref(done)), "It trains on after a save");
                straight.ifPresent(on -> restores(first, done, on, repeats));
                straight.ifPresent(on -> applies(first, done, on, repeats));
            });
        }
        return List.copyOf(findings);
    }

    private void score(ExecutorEvent.Done done) {
        Score score = study.objective().scoreOf(done.metrics());
        if (score instanceof Score.Invalid invalid) {
            add(Grade.WRONG, "There is no score: " + invalid.reason());
        } else {
            add(Grade.OK, "It reports " + done.metrics());
        }
    }

    private boolean repeats(Hyperparameters first, ExecutorEvent.Done original) {
        try (Executor other = trainers.open(site)) {
            Optional<ExecutorEvent.Done> again = train(other, 0, first, Optional.empty(), "");
            if (again.isEmpty()) {
                return false;
            }
            // Some formats hold the time of saving; then scores are all that can be compared.
            byBytes = again.get().checkpoint().id().equals(original.checkpoint().id());
            boolean repeats = same(again.get(), original);
            if (!repeats) {
                add(
                        Grade.WARNING,
                        "The same seed gives %s and then %s: the study will not repeat exactly.\nMaybe something is drawn from a global generator?"
                                .formatted(original.metrics(), again.get().metrics()));
            } else if (byBytes) {
                add(Grade.OK, "The same seed gives the same score and the same checkpoint");
            } else {
                add(Grade.WARNING, "The same seed gives the same score, but the bytes of the checkpoint differ");
            }
            return repeats;
        }
    }

    private void restores(
            Hyperparameters first, ExecutorEvent.Done start, ExecutorEvent.Done straight, boolean repeats) {
        try (Executor other = trainers.open(site)) {
            train(other, 1, first, Optional.of(ref(start)), "A second trainer restores the checkpoint")
                    .ifPresent(restored -> {
                        if (same(restored, straight)) {
                            add(
                                    Grade.OK,
                                    "Training on from a restored checkpoint gives exactly what training on without gives");
                        } else if (repeats) {
                            add(
                                    Grade.WRONG,
                                    "Training on from a restored checkpoint gives %s, but without a restore %s.\nMaybe the optimizer, the position in the data or the random generator is not saved?"
                                            .formatted(restored.metrics(), straight.metrics()));
                        } else {
                            add(
                                    Grade.WARNING,
                                    "Whether a checkpoint restores exactly cannot be told, as nothing repeats: %s with and %s without a restore"
                                            .formatted(restored.metrics(), straight.metrics()));
                        }
                    });
        }
    }

    /** Changes one hyperparameter at a time, in a trainer that holds the weights. */
    private void applies(
            Hyperparameters first, ExecutorEvent.Done start, ExecutorEvent.Done straight, boolean repeats) {
        List<String> effective = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        Map<String, Value> all = new LinkedHashMap<>(first.values());
        for (Parameter parameter : study.space().parameters()) {
            if (parameter.fixed() || !parameter.domain().canMove()) {
                continue;
            }
            String name = parameter.name();
            Value changed = far(first.get(name), parameter.domain());
            all.put(name, changed);
            Optional<ExecutorEvent.Done> done = hot(first.with(name, changed), first);
            if (done.isEmpty()) {
                return;
            }
            (same(done.get(), straight) ? idle : effective).add(name);
        }
        if (!repeats) {
            add(
                    Grade.WARNING,
                    "Other hyperparameters are taken; whether they change anything cannot be told, as nothing repeats");
            return;
        }
        if (!effective.isEmpty()) {
            add(Grade.OK, "Applied in place, these change what is learned: " + String.join(", ", effective));
        }
        if (!idle.isEmpty()) {
            add(
                    Grade.WARNING,
                    "In %s steps these changed nothing: %s.\nMaybe 'apply' forgets them, or they act later only?"
                            .formatted(steps, String.join(", ", idle)));
        }
        appliesAsCreated(Hyperparameters.of(all), first, start);
    }

    private void appliesAsCreated(Hyperparameters all, Hyperparameters first, ExecutorEvent.Done start) {
        Optional<ExecutorEvent.Done> applied = hot(all, first);
        try (Executor other = trainers.open(site)) {
            Optional<ExecutorEvent.Done> created = train(other, 1, all, Optional.of(ref(start)), "");
            if (applied.isPresent() && created.isPresent()) {
                boolean same = same(applied.get(), created.get());
                add(
                        same ? Grade.OK : Grade.WRONG,
                        same
                                ? "Hyperparameters applied in place act like those given at creation"
                                : "Hyperparameters applied in place give %s, but given at creation %s.\nMaybe 'apply' forgets one, or 'restore' brings old ones back?"
                                        .formatted(
                                                applied.get().metrics(),
                                                created.get().metrics()));
            }
        }
    }

    /** Trains the first interval again and then, in the same trainer, the second one with other hyperparameters. */
    private Optional<ExecutorEvent.Done> hot(Hyperparameters changed, Hyperparameters first) {
        try (Executor executor = trainers.open(site)) {
            return train(executor, 0, first, Optional.empty(), "")
                    .flatMap(start -> train(executor, 1, changed, Optional.of(ref(start)), ""));
        }
    }

    private Optional<ExecutorEvent.Done> train(
            Executor executor, int interval, Hyperparameters with, Optional<CheckpointRef> parent, String success) {
        Attempt attempt = new Attempt(MEMBER, interval, 0, interval * steps, steps, with, parent, seed);
        ExecutorEvent end = OneAttempt.run(executor, attempt);
        if (end instanceof ExecutorEvent.Done done) {
            if (!success.isEmpty()) {
                add(Grade.OK, success);
            }
            return Optional.of(done);
        }
        add(Grade.WRONG, "It failed in interval %s with %s: %s".formatted(interval, with, OneAttempt.reason(end)));
        return Optional.empty();
    }

    private static CheckpointRef ref(ExecutorEvent.Done done) {
        Attempt attempt = done.attempt();
        return new CheckpointRef(
                attempt.member(),
                attempt.interval(),
                attempt.stepTo(),
                done.checkpoint().id());
    }

    private boolean same(ExecutorEvent.Done a, ExecutorEvent.Done b) {
        return study.objective().scoreOf(a.metrics()).equals(study.objective().scoreOf(b.metrics()))
                && (!byBytes || a.checkpoint().id().equals(b.checkpoint().id()));
    }

    /** Returns a value on the other side of the domain. */
    private static Value far(Value value, Domain domain) {
        Value other = domain.at(domain.position(value) < 0.5 ? 0.9 : 0.1);
        RandomStream random = new RandomStream(1);
        while (other.equals(value)) {
            other = domain.sample(random);
        }
        return other;
    }

    private void add(Grade grade, String text) {
        findings.add(new Finding(grade, text));
    }
}
