package io.mgnlbackup.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody with a token or a password, of which only the hash is known.
 *
 * @param name shown in the audit log
 * @param roles with those that they include
 * @param tokenSha256 of a bearer token, 64 hex digits; empty for a user with a password
 * @param bcrypt of a password, in the form of {@code htpasswd -B}; empty for a token
 */
public record User(String name, Set<Role> roles, Optional<String> tokenSha256, Optional<String> bcrypt) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern TOKEN_HASH = Pattern.compile("sha256:[0-9a-fA-F]{64}");

    /** At the highest cost a check takes a second and more. */
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}");

    /** Copies the roles. */
    public User {
        roles = Set.copyOf(roles);
    }

    /**
     * Reads {@code name:role,role:hash}, the hash being {@code sha256:<64 hex digits>} of a token, or bcrypt of a password.
     *
     * @throws IllegalArgumentException saying what is wrong, without the hash
     */
    static User parse(String text) {
        List<String> fields = List.of(text.split(":", 3));
        if (fields.size() < 3) {
            throw new IllegalArgumentException("an entry is not name:roles:hash");
        }
        String name = fields.get(0).strip();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name is not made of letters, digits and . _ @ -");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String role : fields.get(1).toLowerCase(Locale.ROOT).split(",", -1)) {
            try {
                roles.addAll(Role.parse(role.strip()).included());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + name + "' has a role that is none of read, write, metrics, admin", e);
            }
        }
        String hash = fields.get(2).strip();
        if (TOKEN_HASH.matcher(hash).matches()) {
            String sum = hash.substring(hash.indexOf(':') + 1).toLowerCase(Locale.ROOT);
            return new User(name, roles, Optional.of(sum), Optional.empty());
        }
        if (BCRYPT.matcher(hash).matches()) {
            return new User(name, roles, Optional.empty(), Optional.of(hash));
        }
        throw new IllegalArgumentException(
                "the hash of '" + name
                        + "' is neither sha256: with 64 hex digits (of a token) nor what htpasswd -B makes (of a password; cost 4 to 14)");
    }
}
