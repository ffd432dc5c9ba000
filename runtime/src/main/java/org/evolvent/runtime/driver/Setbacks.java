package org.evolvent.runtime.driver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.MemberId;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StudyListener;

/**
 * Looks whether places are well. A loss that a medium is to blame for makes the study pause; others are tried again at once, but not for
 * ever. Used by the driver's thread only.
 */
final class Setbacks {
    /** How often in a row a place may lose the same interval before the study stops and asks for help. */
    private static final int MOST_LOSSES = 5;

    /** The same of an interval whose place was taken away each time: what a cluster does is no defect, but an interval has to fit in somewhere. */
    private static final int MOST_WITHDRAWALS = 50;

    /** How often each interval may be lost, on average, while none has ended otherwise: a program that cannot start will not start. */
    private static final int MOST_EARLY_LOSSES = 2;

    private final InstantSource clock;
    private final StudyListener listener;
    private final Map<MemberId, Integer> losses = new HashMap<>();
    private final Map<MemberId, Integer> withdrawals = new HashMap<>();
    private boolean hasAnyEnded;
    private final Pause pause = new Pause();

    Setbacks(InstantSource clock, StudyListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Takes in how an attempt ended.
     *
     * @return why the study has to stop and ask for help, if it has to
     */
    Optional<EvolventException> note(ExecutorEvent report) {
        MemberId member = report.attempt().member();
        if (!(report instanceof ExecutorEvent.Lost lost)) {
            losses.remove(member);
            withdrawals.remove(member);
            hasAnyEnded = true;
            if (report instanceof ExecutorEvent.Done && pause.end()) {
                listener.unpaused();
            }
            return Optional.empty();
        }
        boolean hopeless;
        if (lost.medium().isPresent()) {
            hopeless = isHopeless(lost.medium().get(), lost.message());
        } else if (lost.withPlace()) {
            hopeless = withdrawals.merge(member, 1, Integer::sum) >= MOST_WITHDRAWALS;
        } else {
            hopeless = losses.merge(member, 1, Integer::sum) >= MOST_LOSSES || isLostFromTheStart();
        }
        return hopeless
                ? Optional.of(new EvolventException(
                        "%s was lost again and again, the last time with: %s\nMaybe mend it and resume: nothing that was committed is lost."
                                .formatted(lost.attempt(), lost.message())))
                : Optional.empty();
    }

    private boolean isLostFromTheStart() {
        int all = losses.values().stream().mapToInt(count -> count).sum();
        return !hasAnyEnded && all >= MOST_LOSSES && all >= MOST_EARLY_LOSSES * losses.size();
    }

    /** Pauses because the log could not be written; returns whether that was so for too long. */
    boolean isHopeless(StorageException failure) {
        return isHopeless(failure.kind(), String.valueOf(failure.getMessage()));
    }

    private boolean isHopeless(StorageException.Kind kind, String message) {
        Instant now = clock.instant();
        listener.paused(pause.begin(kind, message, now));
        return pause.isHopeless(now);
    }

    /** Returns whether nothing is to be tried now. */
    boolean pauses() {
        return !pause.isOver(clock.instant());
    }

    /** Returns how long {@link #pauses} will be so, as far as is known. */
    Duration pauseLeft() {
        Duration left = Duration.between(clock.instant(), pause.until());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
