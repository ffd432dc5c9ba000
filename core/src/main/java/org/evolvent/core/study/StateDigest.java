package org.evolvent.core.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;

/**
 * A name for all that was decided and reached in a study: SHA-256 over hyperparameters, scores, checkpoint names and decisions, member
 * by member in the order of their intervals. It leaves out whatever depends on time, place or luck: clocks, slots, attempts that were
 * tried again, and the order in which different members were ready. Numbers enter with their exact bits. Immutable.
 */
public final class StateDigest {
    /** The digest of nothing. */
    public static final StateDigest NONE = new StateDigest(PerMember.empty());

    private final PerMember<byte[]> chains;

    private StateDigest(PerMember<byte[]> chains) {
        this.chains = chains;
    }

    /** Returns the digest of a whole log. */
    public static String of(Iterable<Event> events) {
        StateDigest digest = NONE;
        for (Event event : events) {
            digest = digest.after(event);
        }
        return digest.value();
    }

    /**
     * Returns the digest that gave these {@linkplain #chains chains}.
     *
     * @throws IllegalArgumentException when one is not hexadecimal
     */
    public static StateDigest ofChains(PerMember<String> chains) {
        return new StateDigest(chains.map(HexFormat.of()::parseHex));
    }

    /** Returns all that it consists of: what has become of each member, in hexadecimal digits. */
    public PerMember<String> chains() {
        return chains.map(HexFormat.of()::formatHex);
    }

    /** Returns the digest that has also taken in the next event of the log. */
    public StateDigest after(Event event) {
        if (event instanceof Event.PopulationCreated created) {
            StateDigest all = this;
            for (int i = 0; i < created.hyperparameters().size(); i++) {
                all = all.extended(
                        new MemberId(i),
                        "created",
                        canonical(created.hyperparameters().get(i)));
            }
            for (Event.Founder founder : created.founders()) {
                all = all.extended(
                        founder.member(), "founded", founder.weights().digest());
            }
            return all;
        }
        if (event instanceof Event.StudyAmended amended) {
            // All else that it changes shows in what comes of it.
            StateDigest all = this;
            for (Event.Newcomer newcomer : amended.joined()) {
                all = all.extended(newcomer.member(), "created", canonical(newcomer.hyperparameters()));
            }
            return all;
        }
        if (event instanceof Event.IntervalFinished finished) {
            Attempt attempt = finished.attempt();
            return extended(
                    attempt.member(),
                    "finished",
                    Integer.toString(attempt.interval()),
                    Long.toString(attempt.stepTo()),
                    canonical(finished.score()),
                    canonical(attempt.hyperparameters()),
                    finished.checkpoint().digest());
        }
        if (event instanceof Event.Decided decided) {
            return extended(
                    decided.member(), "decided", Integer.toString(decided.interval()), canonical(decided.decision()));
        }
        return this;
    }

    /** Returns the digest of what was taken in so far: 64 hexadecimal digits. */
    public String value() {
        MessageDigest sha = sha256();
        chains.forEach((member, chain) -> {
            sha.update((member + ":").getBytes(StandardCharsets.UTF_8));
            sha.update(chain);
        });
        return HexFormat.of().formatHex(sha.digest());
    }

    private StateDigest extended(MemberId member, String... parts) {
        MessageDigest sha = sha256();
        chains.get(member).ifPresent(sha::update);
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            sha.update(bytes);
        }
        return new StateDigest(chains.with(member, sha.digest()));
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
        if (score instanceof Score.Valid valid) {
            return bits(valid.value());
        }
        return score instanceof Score.Absent ? "absent" : "invalid";
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
