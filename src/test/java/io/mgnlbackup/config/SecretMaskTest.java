package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {

    /** Letters that make collisions, and every sign that means something in a pattern, a URL or a replacement. */
    private static final String ALPHABET =
            "aab*:/@=?&%+$\\'\"{}\n <password://token=X-Amz-Signature=\u00fc\uD83D\uDE00";

    @Test
    void hidesEachOccurrence() {
        assertThat(SecretMask.of(List.of("hunter2")).mask("hunter2, not Hunter2 but xhunter2x"))
                .isEqualTo("****, not Hunter2 but x****x");
    }

    @Test
    void makesOneMaskOfSecretsThatOverlapOrTouch() {
        assertThat(SecretMask.of(List.of("abcdef", "defghi", "12345")).mask("<abcdefghi12345>"))
                .isEqualTo("<****>");
    }

    @Test
    void prefersTheLongerOfTwoSecretsThatStartAlike() {
        assertThat(SecretMask.of(List.of("pass", "password1")).mask("password1"))
                .isEqualTo("****");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p%40ss%2Fw+rd%26", "p%40ss%2Fw%20rd%26", "p%40ss%2fw%20rd%26", "p@ss/w rd&"})
    void hidesASecretAsItStandsInAUrl(String written) {
        assertThat(SecretMask.of(List.of("p@ss/w rd&")).mask("x=" + written + ";"))
                .isEqualTo("x=****;");
    }

    @Test
    void hidesWhatAnEscapedSecretMeans() {
        assertThat(SecretMask.of(List.of("p%40ss+x")).mask("user p@ss+x")).isEqualTo("user ****");
    }

    @Test
    void hidesASecretAsItStandsInJson() {
        assertThat(SecretMask.of(List.of("quo\"te\\d")).mask("{\"x\":\"quo\\\"te\\\\d\"}"))
                .isEqualTo("{\"x\":\"****\"}");
    }

    @Test
    void hidesTheLinesOfAKey() {
        assertThat(SecretMask.of(List.of("-----BEGIN KEY-----\nMIIEvgIBADANBg\n-----END KEY-----"))
                        .mask("bad line MIIEvgIBADANBg"))
                .isEqualTo("bad line ****");
    }

    @Test
    void leavesWordsAloneThatAreTooShortToBeTold() {
        assertThat(SecretMask.of(List.of("", "a", "abc", "****")).mask("a cab, abc ****"))
                .isEqualTo("a cab, abc ****");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mongodb://shop:pw@db:27017/x | mongodb://shop:****@db:27017/x",
                "postgres://shop:p@ss@db/x | postgres://shop:****@db/x",
                "postgres://shop:p/ss@db/x | postgres://shop:****@db/x",
                "postgres://:pw@db | postgres://:****@db",
                "postgres://shop@db/x | postgres://shop@db/x",
                "http://minio:9000/a@b | http://minio:9000/a@b", // a port, not a password
                "host=db password=pw user=x | host=db password=**** user=x",
                "password = 'p w' x | password = '****' x",
                "PGPASSWORD=pw pg_dump | PGPASSWORD=**** pg_dump",
                "MYSQL_PWD=pw mysqldump | MYSQL_PWD=**** mysqldump",
                "--password=pw db | --password=**** db",
                "{\"password\": \"pw\", \"x\": 1} | {\"password\": \"****\", \"x\": 1}",
                "db?user=a&password=pw&x=1 | db?user=a&password=****&x=1",
                "/b/k?X-Amz-Credential=AK%2F1&X-Amz-Date=2&X-Amz-Signature=ab12 | /b/k?X-Amz-Credential=****&X-Amz-Date=2&X-Amz-Signature=****",
                "/files/k?expires=2&signature=ab12 | /files/k?expires=2&signature=****",
                "AWS4-HMAC-SHA256 Credential=AK/1, SignedHeaders=host, Signature=ab | AWS4-HMAC-SHA256 Credential=****, SignedHeaders=host, Signature=****",
                "password authentication failed for user \"shop\" | password authentication failed for user \"shop\"",
            })
    void hidesWhatLooksLikeASecretWithoutKnowingIt(String text, String masked) {
        assertThat(SecretMask.PATTERNS_ONLY.mask(text)).isEqualTo(masked);
    }

    @Test
    void neverFailsNorShowsASecretAndGivesTheSameWhenMaskedTwice() {
        Random random = new Random(20260101);
        for (int round = 0; round < 20_000; round++) {
            List<String> secrets = new ArrayList<>();
            for (int count = random.nextInt(4); count > 0; count--) {
                secrets.add(text(random, 8));
            }
            SecretMask mask = SecretMask.of(secrets);
            String text = text(random, 60) + String.join(text(random, 3), secrets) + text(random, 20);
            String masked = mask.mask(text);

            assertThat(mask.mask(masked)).as("%s in %s", secrets, text).isEqualTo(masked);
            for (String secret : secrets) {
                if (secret.length() >= SecretMask.LEAST_LENGTH && !secret.matches("\\*+")) {
                    assertThat(masked).as("%s in %s", secret, text).doesNotContain(secret);
                }
            }
        }
    }

    @Test
    void isQuickWhateverTheText() {
        SecretMask mask = SecretMask.of(List.of("a".repeat(50) + "b", "aaaa"));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean(); // its own time, whatever else the machine does
        long start = threads.getCurrentThreadCpuTime();
        for (String part : List.of("a", "://:", "://a:", "password=", "password ", "'\"", "&token=", "*", "x@")) {
            mask.mask(part.repeat(20_000 / part.length()));
        }

        assertThat(threads.getCurrentThreadCpuTime() - start).isLessThan(5_000_000_000L);
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(most + 1); length > 0; length--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
