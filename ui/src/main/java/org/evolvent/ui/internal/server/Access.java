package org.evolvent.ui.internal.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask.
 *
 * @param host the address that the server listens on
 * @param token what everybody has to show who asks; empty where nobody has to
 * @param isSteering whether who shows it may also pause and stop studies
 */
public record Access(String host, Optional<String> token, boolean isSteering) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final int TOKEN_BYTES = 24;

    /**
     * Returns the access to a server: free on loopback, with a token elsewhere.
     *
     * @param host the address that it listens on
     * @param token the token to ask for; without one, and not on loopback, one is made
     */
    public static Access of(String host, Optional<String> token) {
        return new Access(host, token.or(() -> isLoopback(host) ? Optional.empty() : Optional.of(made())), false);
    }

    /**
     * Returns the access to a server that lets those who have the token pause and stop studies, too.
     *
     * @param host the address that it listens on
     * @param token the token to ask for; without one, one is made
     */
    public static Access steering(String host, Optional<String> token) {
        return new Access(host, Optional.of(token.orElseGet(Access::made)), true);
    }

    private static String made() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns whether an address can be reached from this machine only. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns whether a request names a host under which the server may be asked for. A page of another site whose name was made to lead
     * here would name itself; an address in numbers cannot be made to lead anywhere else.
     *
     * @param header the request's header {@code Host}
     */
    boolean knows(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String name = header.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
        boolean isOurs = LOOPBACK.contains(name) || name.equals(host.toLowerCase(Locale.ROOT));
        boolean isNumbers = name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || name.matches("\\[[0-9a-f:.]+]");
        return isOurs || (token.isPresent() && isNumbers);
    }

    /** Returns whether something is the token. Takes as long for one that is nearly right as for any other. */
    boolean admits(@Nullable String shown) {
        return token.isEmpty()
                || (shown != null
                        && MessageDigest.isEqual(
                                token.get().getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8)));
    }
}
