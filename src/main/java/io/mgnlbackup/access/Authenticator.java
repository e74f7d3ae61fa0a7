package io.mgnlbackup.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells who a credential belongs to. Takes as long for a name that does not exist as for a wrong password, and compares without a hint at
 * which byte differs. Safe for many threads; {@link #check} may take a tenth of a second and more, which is the purpose of bcrypt.
 */
public final class Authenticator {

    /** How long a password that was right needs no bcrypt again. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 256;
    private static final String HMAC = "HmacSHA256";

    private final List<User> users;
    private final Clock clock;
    private final SecretKeySpec key; // of this process alone, so that what is remembered says nothing about a password
    private final String standIn; // a hash that no password has, for names that do not exist
    private final Map<String, Known> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Known(User user, Instant until) {}

    /** Knows these users. */
    public Authenticator(Users users, Clock clock) {
        this.users = users.all();
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
        this.standIn = this.users.stream()
                .flatMap(user -> user.bcrypt().stream())
                .findFirst()
                .orElse("$2y$10$" + "C".repeat(53));
    }

    /** The user, if this very credential was right a short time ago or is a token; answers at once. */
    public Optional<User> recall(Credential credential) {
        String sum = sum(credential);
        synchronized (remembered) {
            Known known = remembered.get(sum);
            if (known != null && clock.instant().isBefore(known.until())) {
                return Optional.of(known.user());
            }
            remembered.remove(sum);
            return Optional.empty();
        }
    }

    /** The user, if there is one with this name and secret. */
    public Optional<User> check(Credential credential) {
        Optional<User> found = byToken(credential).or(() -> byPassword(credential));
        found.ifPresent(user -> remember(credential, user));
        return found;
    }

    /** A token may also stand in the place of a password, beside its name. */
    private Optional<User> byToken(Credential credential) {
        byte[] sum = bytes(sha256(credential.secret()));
        User found = null;
        for (User user : users) { // all of them, whichever it is
            boolean right = MessageDigest.isEqual(bytes(user.tokenSha256().orElse("")), sum);
            found = right && credential.user().map(user.name()::equals).orElse(true) ? user : found;
        }
        return Optional.ofNullable(found);
    }

    private Optional<User> byPassword(Credential credential) {
        if (credential.user().isEmpty()) {
            return Optional.empty();
        }
        @Nullable
        User named = users.stream()
                .filter(user -> user.bcrypt().isPresent())
                .filter(user -> user.name().equals(credential.user().get()))
                .findFirst()
                .orElse(null);
        String hash = named == null ? standIn : named.bcrypt().orElse(standIn);
        byte[] password = credential.secret().getBytes(StandardCharsets.UTF_8);
        boolean right = BCrypt.verifyer().verify(password, hash.getBytes(StandardCharsets.US_ASCII)).verified;
        return right && named != null ? Optional.of(named) : Optional.empty();
    }

    private void remember(Credential credential, User user) {
        synchronized (remembered) {
            remembered.put(sum(credential), new Known(user, clock.instant().plus(REMEMBERED)));
        }
    }

    private String sum(Credential credential) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(credential.user().map(name -> name + ":").orElse("").getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(credential.secret().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + HMAC, e);
        }
    }

    private static byte[] bytes(String hex) {
        return hex.getBytes(StandardCharsets.US_ASCII);
    }

    private static String sha256(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
