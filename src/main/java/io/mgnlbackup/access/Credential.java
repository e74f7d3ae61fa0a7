package io.mgnlbackup.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client shows in the header Authorization.
 *
 * @param user empty with a bearer token (RFC 6750, section 2.1), else of RFC 7617
 */
public record Credential(Optional<String> user, String secret) {

    /** Of the whole header; a password or a token is much shorter. */
    private static final int MOST_CHARACTERS = 1024;

    /** Reads the header; empty when it is neither Basic nor Bearer, or not well formed. */
    public static Optional<Credential> parse(String header) {
        int blank = header.indexOf(' ');
        if (blank < 0 || header.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        String rest = header.substring(blank + 1).strip();
        return switch (header.substring(0, blank).toLowerCase(Locale.ROOT)) {
            case "bearer" -> rest.isEmpty() ? Optional.empty() : Optional.of(new Credential(Optional.empty(), rest));
            case "basic" -> basic(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<Credential> basic(String encoded) {
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credential(Optional.of(text.substring(0, colon)), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return user.orElse("token") + ":****";
    }
}
