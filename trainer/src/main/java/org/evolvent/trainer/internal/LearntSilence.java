package org.evolvent.trainer.internal;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a program may be silent when its study does not say: {@value #FACTOR} times as long as the longest interval so far took as a whole,
 * and never less than ten minutes. Before any interval has ended nobody knows how long one takes, and there is no limit. So a
 * program that hangs is noticed some time, and one whose intervals grow is left alone as long as none is {@value #FACTOR} times as
 * long as all before it. Thread-safe.
 */
final class LearntSilence {
    static final Duration LEAST = Duration.ofMinutes(10);
    static final int FACTOR = 20;

    private final AtomicLong longestNanos = new AtomicLong();

    /** Takes in how long an interval took that ended well. */
    void note(Duration interval) {
        longestNanos.accumulateAndGet(interval.toNanos(), Math::max);
    }

    /** Returns the limit; empty when there is none. */
    Optional<Duration> limit() {
        Duration longest = Duration.ofNanos(longestNanos.get());
        if (longest.isZero()) {
            return Optional.empty();
        }
        Duration many = longest.multipliedBy(FACTOR);
        return Optional.of(many.compareTo(LEAST) < 0 ? LEAST : many);
    }

    /** Returns a duration as study files spell it: 1h30m. */
    static String spelt(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
