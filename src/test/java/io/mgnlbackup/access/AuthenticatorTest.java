package io.mgnlbackup.access;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mgnlbackup.testing.SetClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {

    private static final String BCRYPT =
            BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, "hunter2".toCharArray());

    private final SetClock clock = new SetClock("2026-03-01T00:00:00Z");
    private final Authenticator authenticator =
            new Authenticator(Users.parse("anna:read:" + BCRYPT + "\nci:write:" + sha256("t0ken")), clock);

    private static String sha256(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Credential basic(String text) {
        String header = "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return Credential.parse(header).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer t0ken,ci",
        "bearer  t0ken,ci",
        "Bearer t0ken2,",
        "Bearer hunter2,",
        "Bearer " + "0000,",
    })
    void knowsTokens(String header, String name) {
        assertThat(authenticator.check(Credential.parse(header).orElseThrow()).map(User::name))
                .isEqualTo(Optional.ofNullable(name));
    }

    @ParameterizedTest
    @CsvSource({
        "anna:hunter2,anna",
        "anna:hunter3,",
        "anna:,",
        "Anna:hunter2,",
        "nobody:hunter2,",
        ":hunter2,",
        "ci:t0ken,ci",
        "anna:t0ken,",
        "ci:hunter2,",
    })
    void knowsPasswordsAndTokensBesideTheirNames(String pair, String name) {
        assertThat(authenticator.check(basic(pair)).map(User::name)).isEqualTo(Optional.ofNullable(name));
    }

    @ParameterizedTest
    @CsvSource({"Basic", "Basic !!!", "Basic YW5uYQ==", "Digest x", "Bearer ", "''"})
    void doesNotReadWhatIsNoCredential(String header) {
        assertThat(Credential.parse(header)).isEmpty();
    }

    @Test
    void recallsWhatWasRightForAWhileAndNothingElse() {
        Credential right = basic("anna:hunter2");
        assertThat(authenticator.recall(right)).isEmpty();
        authenticator.check(right);
        authenticator.check(basic("anna:hunter3"));
        assertThat(authenticator.recall(right).map(User::name)).contains("anna");
        assertThat(authenticator.recall(basic("anna:hunter3"))).isEmpty();
        assertThat(authenticator.recall(Credential.parse("Bearer anna:hunter2").orElseThrow()))
                .isEmpty();
        clock.forward(Duration.ofMinutes(6));
        assertThat(authenticator.recall(right)).isEmpty();
    }

    @Test
    void aPasswordInUseIsRecalledForLonger() {
        Credential right = basic("anna:hunter2");
        authenticator.check(right);
        for (int i = 0; i < 5; i++) {
            clock.forward(Duration.ofMinutes(4));
            assertThat(authenticator.recall(right)).isPresent();
        }
    }

    @Test
    void aTokenIsKnownAtOnce() {
        assertThat(authenticator
                        .recall(Credential.parse("Bearer t0ken").orElseThrow())
                        .map(User::name))
                .contains("ci");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 71, 72, 73, 500})
    void aPasswordOfAnyLengthIsJustWrong(int length) {
        assertThat(authenticator.check(basic("anna:" + "x".repeat(length)))).isEmpty();
        assertThat(authenticator.check(basic("nobody:" + "x".repeat(length)))).isEmpty();
    }

    @Test
    void comparesAsManyBytesOfAPasswordAsHtpasswdHashes() {
        String password = "p".repeat(72);
        String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
        Authenticator other = new Authenticator(Users.parse("anna:read:" + hash), clock);
        assertThat(other.check(basic("anna:" + password + "and more"))).isPresent();
        assertThat(other.check(basic("anna:" + password.substring(1)))).isEmpty();
    }

    @Test
    void aCredentialDoesNotPrintItsSecret() {
        assertThat(basic("anna:hunter2")).hasToString("anna:****");
    }
}
