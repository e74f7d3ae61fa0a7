package io.mgnlbackup.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
 *
 * <p>A token is random and long, so it needs no slow hash, and nobody finds one by trying.
 */
public final class Authenticator {

    /** How long after it was last used a password that was right needs no bcrypt again. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 256;
    private static final String HMAC = "HmacSHA256";

    /** Looks at the first 72 bytes of a password, as htpasswd does when it makes the hash. */
    private static final BCrypt.Verifyer VERIFYER =
            BCrypt.verifyer(BCrypt.Version.VERSION_2Y, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y));

    private final List<User> users;
    private final Clock clock;
    private final SecretKeySpec key; // of this process alone, so that what is remembered says nothing about a password
    private final Optional<String> standIn; // the slowest hash that there is, for names that do not exist
    private final Map<String, Known> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Known(User user, Instant until) {

        Known used(Clock clock) {
            return new Known(user, clock.instant().plus(REMEMBERED));
        }
    }

    /** Knows these users. */
    public Authenticator(Users users, Clock clock) {
        this.users = users.all();
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
        this.standIn = this.users.stream()
                .flatMap(user -> user.bcrypt().stream())
                .max(Comparator.comparing(hash -> hash.substring(4, 6)));
    }

    /** The user, if this is a token or a password that was right a short time ago; answers at once. */
    public Optional<User> recall(Credential credential) {
        return byToken(credential).or(() -> remembered(credential));
    }

    private Optional<User> remembered(Credential credential) {
        String sum = sum(credential);
        synchronized (remembered) {
            Known known = remembered.get(sum);
            if (known != null && clock.instant().isBefore(known.until())) {
                remembered.put(sum, known.used(clock));
                return Optional.of(known.user());
            }
            remembered.remove(sum);
            return Optional.empty();
        }
    }

    /** The user, if there is one with this name and secret. */
    public Optional<User> check(Credential credential) {
        Optional<User> token = byToken(credential);
        if (token.isPresent()) {
            return token;
        }
        Optional<User> found = byPassword(credential);
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
        if (credential.user().isEmpty() || standIn.isEmpty()) {
            return Optional.empty();
        }
        @Nullable
        User named = users.stream()
                .filter(user -> user.bcrypt().isPresent())
                .filter(user -> user.name().equals(credential.user().get()))
                .findFirst()
                .orElse(null);
        String hash = named == null ? standIn.get() : named.bcrypt().orElseThrow();
        byte[] password = credential.secret().getBytes(StandardCharsets.UTF_8);
        boolean right = VERIFYER.verify(password, hash.getBytes(StandardCharsets.US_ASCII)).verified;
        return right && named != null ? Optional.of(named) : Optional.empty();
    }

    private void remember(Credential credential, User user) {
        synchronized (remembered) {
            remembered.put(sum(credential), new Known(user, clock.instant()).used(clock));
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
