package org.evolvent.core.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;

/**
 * A name for all that was decided and reached in a study: SHA-256 over hyperparameters, scores, checkpoint names and decisions, member
 * by member in the order of their intervals. It leaves out whatever depends on time, place or luck: clocks, slots, attempts that were
 * tried again, and the order in which different members were ready. Numbers enter with their exact bits. Not thread-safe.
 */
public final class StateDigest {
    private final Map<MemberId, byte[]> chains = new TreeMap<>();

    /** Returns the digest of a whole log. */
    public static String of(Iterable<Event> events) {
        StateDigest digest = new StateDigest();
        events.forEach(digest::add);
        return digest.value();
    }

    /** Takes in the next event of the log. */
    public void add(Event event) {
        if (event instanceof Event.PopulationCreated created) {
            for (int i = 0; i < created.hyperparameters().size(); i++) {
                extend(
                        new MemberId(i),
                        "created",
                        canonical(created.hyperparameters().get(i)));
            }
        } else if (event instanceof Event.IntervalFinished finished) {
            Attempt attempt = finished.attempt();
            extend(
                    attempt.member(),
                    "finished",
                    Integer.toString(attempt.interval()),
                    Long.toString(attempt.stepTo()),
                    canonical(finished.score()),
                    canonical(attempt.hyperparameters()),
                    finished.checkpoint().digest());
        } else if (event instanceof Event.Decided decided) {
            extend(decided.member(), "decided", Integer.toString(decided.interval()), canonical(decided.decision()));
        }
    }

    /** Returns the digest of what was added so far: 64 hexadecimal digits. */
    public String value() {
        MessageDigest sha = sha256();
        chains.forEach((member, chain) -> {
            sha.update((member + ":").getBytes(StandardCharsets.UTF_8));
            sha.update(chain);
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private void extend(MemberId member, String... parts) {
        MessageDigest sha = sha256();
        sha.update(chains.getOrDefault(member, new byte[0]));
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            sha.update(bytes);
        }
        chains.put(member, sha.digest());
    }

    private static String canonical(Decision decision) {
        if (decision instanceof Decision.Exploit exploit) {
            return "exploit %s %s %s %s %s"
                    .formatted(
                            exploit.donor(),
                            exploit.donorInterval(),
                            exploit.weights()
                                    .map(CheckpointRef::id)
                                    .map(Object::toString)
                                    .orElse("-"),
                            canonical(exploit.before()),
                            canonical(exploit.after()));
        }
        if (decision instanceof Decision.Explore explore) {
            return "explore " + canonical(explore.before()) + " " + canonical(explore.after());
        }
        return decision instanceof Decision.Stop ? "stop" : "continue";
    }

    private static String canonical(Score score) {
        return score instanceof Score.Valid valid ? bits(valid.value()) : "invalid";
    }

    private static String canonical(Hyperparameters hyperparameters) {
        StringBuilder text = new StringBuilder("{");
        hyperparameters
                .values()
                .forEach((name, value) ->
                        text.append(name).append('=').append(canonical(value)).append(';'));
        return text.append('}').toString();
    }

    private static String canonical(Value value) {
        if (value instanceof Value.Real real) {
            return "r" + bits(real.value());
        }
        // With its length, so that no text can pass for the end of one parameter and the beginning of another.
        String text = value.toString();
        return value.getClass().getSimpleName().charAt(0) + "%s:%s".formatted(text.length(), text);
    }

    private static String bits(double number) {
        // -0.0 and 0.0 compare as equal, so they are one.
        return Long.toHexString(Double.doubleToLongBits(number + 0.0));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
