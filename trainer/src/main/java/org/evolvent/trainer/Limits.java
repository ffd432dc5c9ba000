package org.evolvent.trainer;

import java.time.Duration;
import java.util.Optional;

/**
 * What a trainer's process may take before its attempt is failed and the process replaced.
 *
 * @param startUp from the start of the process to its first answer; 5 minutes by default, because importing a deep learning library
 *     from a network disk takes that long at worst
 * @param interval from the first request of an attempt to its last answer: restore, train and save together; unlimited by default,
 *     because nobody but you knows what an interval costs
 * @param silence the time without any output, be it progress or a line of log, once the process has started. By default it
 *     is learnt: 20 times the longest interval of this session so far, at least ten minutes, and unlimited before the first; {@link #FOREVER}
 *     turns that off
 * @param logBytes the log of one attempt, at least 1; 64 MiB by default, more than anybody reads
 */
public record Limits(Duration startUp, Optional<Duration> interval, Optional<Duration> silence, long logBytes) {
    /** As good as no limit. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Limits STANDARD =
            new Limits(Duration.ofMinutes(5), Optional.empty(), Optional.empty(), 64L << 20);

    public Limits {
        requirePositive("start-up limit", startUp);
        interval.ifPresent(limit -> requirePositive("interval limit", limit));
        silence.ifPresent(limit -> requirePositive("silence limit", limit));
        if (logBytes < 1) {
            throw new IllegalArgumentException("The log limit is %d bytes but must be at least 1".formatted(logBytes));
        }
    }

    /** Returns the defaults. */
    public static Limits standard() {
        return STANDARD;
    }

    /** Returns these limits with another one for the start of a process. */
    public Limits withStartUp(Duration limit) {
        return new Limits(limit, interval, silence, logBytes);
    }

    /** Returns these limits with one for an attempt. */
    public Limits withInterval(Duration limit) {
        return new Limits(startUp, Optional.of(limit), silence, logBytes);
    }

    /** Returns these limits with one for the time without output. */
    public Limits withSilence(Duration limit) {
        return new Limits(startUp, interval, Optional.of(limit), logBytes);
    }

    /** Returns these limits with another one for the log of an attempt. */
    public Limits withLogBytes(long most) {
        return new Limits(startUp, interval, silence, most);
    }

    private static void requirePositive(String name, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(
                    "The %s is %s but must be above 0.\nMaybe leave it out for no limit?".formatted(name, limit));
        }
    }
}
