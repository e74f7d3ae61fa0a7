package io.mgnlbackup.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A scan that sees nothing finds nothing: it sees each form that a secret may have. */
class SecretScanTest {

    private static final String SECRET = "S3cret/Of?Anna+8Yh";

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void seesASecretInEveryFormThatAnybodyCanRead() {
        try (SecretScan scan = new SecretScan()) {
            scan.add("plain", "password=" + SECRET + ";");
            scan.add("form", "p=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8) + "&");
            scan.add("url", "http://x/?p=s3&q=S3cret%2fOf%3fAnna%2b8Yh");
            scan.add("json", "{\"p\":\"S3cret\\/Of?Anna+8Yh\"}");
            for (String name : new String[] {"anna", "ci", "ops"}) { // of lengths that differ by the places in Base64
                scan.add("basic " + name, "Authorization: Basic " + base64(name + ":" + SECRET));
            }
            scan.add("nothing", "S3cret Of Anna " + base64("anna:another/S3cret+word"));
            assertThat(scan.places(SECRET))
                    .containsExactlyInAnyOrder("plain", "form", "url", "json", "basic anna", "basic ci", "basic ops");
            assertThat(scan.places()).hasSize(8);
        }
    }
}
