package io.mgnlbackup.access;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may do what, and who says that they are whom. */
public final class AccessFuzz {

    private static final String PASSWORD = "correct horse";
    private static final String TOKEN = "hunter2hunter2";
    private static final int BCRYPT_BYTES = 72;

    private AccessFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "credential", AccessFuzz::credential,
                "users", AccessFuzz::users,
                "authenticator", AccessFuzz::authenticator,
                "access-rules", AccessFuzz::rules);
    }

    /** Never shown; and those that a client makes of a name and a password are read as these. */
    static void credential(byte[] input) {
        String header = Fuzzed.text(input);
        Optional<Credential> read = Credential.parse(header);
        if (read.isPresent()) {
            String secret = read.get().secret();
            boolean inName = read.get().user().orElse("token:****").contains(secret);
            require(inName || secret.length() < 8 || !read.get().toString().contains(secret), "shown", header);
        }
        int colon = header.indexOf(':');
        if (colon >= 0 && header.length() < 200) {
            String encoded = Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
            Credential expected = new Credential(Optional.of(header.substring(0, colon)), header.substring(colon + 1));
            require(Credential.parse("Basic " + encoded).equals(Optional.of(expected)), "Basic", header);
        }
    }

    /** A refusal shows no hash, and all hashes are known as secrets. */
    static void users(byte[] input) {
        String text = Fuzzed.text(input);
        List<String> hashes = Users.hashes(text);
        try {
            Users users = Users.parse(text);
            Set<String> names = new HashSet<>();
            for (User user : users.all()) {
                require(names.add(user.name()) && !user.roles().isEmpty(), "one of each, with roles", user.name());
                require(user.tokenSha256().isPresent() != user.bcrypt().isPresent(), "one hash", user.name());
                String hash = user.bcrypt().orElseGet(() -> user.tokenSha256().orElse(""));
                boolean known = hashes.stream()
                        .anyMatch(found -> found.toLowerCase(java.util.Locale.ROOT)
                                .endsWith(hash.toLowerCase(java.util.Locale.ROOT)));
                require(known, "a hash is no secret", text);
            }
        } catch (IllegalArgumentException e) {
            for (String hash : hashes) {
                require(hash.length() < 20 || !e.toString().contains(hash), "shown", e.toString());
            }
        }
    }

    private static final class Known {

        private static final String HASH =
                BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, PASSWORD.toCharArray());
        private static final Authenticator AUTHENTICATOR = new Authenticator(
                Users.parse("anna:write:" + HASH
                        + "\njob:read:sha256:d8fb58e6c2b2b3d1ee4b9dd0ba5ffb8b0ccd9bde9cf86a5c3b7c1f6a8ac8b9ef"),
                Clock.systemUTC());
    }

    /** Nobody is known but who has the password. */
    static void authenticator(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 2);
        Credential credential = new Credential(Optional.of(lines.get(0)).filter(name -> !name.isEmpty()), lines.get(1));
        Optional<User> found = Known.AUTHENTICATOR.check(credential);
        boolean right = lines.get(0).equals("anna") && Arrays.equals(first(lines.get(1)), first(PASSWORD));
        require(found.isPresent() == right, "who has the password", lines, found.isPresent());
        require(Known.AUTHENTICATOR.recall(credential).isPresent() == right, "and again", lines);
        require(
                Known.AUTHENTICATOR
                        .recall(new Credential(Optional.empty(), TOKEN))
                        .isEmpty(),
                "a token of nobody");
    }

    private static byte[] first(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, Math.min(bytes.length, BCRYPT_BYTES));
    }

    /** A path that is written in another way than the plain one opens nothing. */
    static void rules(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 3);
        AccessRules.Rule rule = AccessRules.of(
                lines.get(0),
                lines.get(1),
                new HashSet<>(Arrays.asList(lines.get(2).split(",", -1))));
        if (!lines.get(0).equals(lines.get(1))) {
            require(rule.role().equals(Optional.of(Role.ADMIN)), "another spelling", lines, rule);
        }
        boolean health = lines.get(0).equals("/health/live") || lines.get(0).equals("/health/ready");
        require(rule.role().isPresent() || health, "only health is open", lines, rule);
    }
}
