package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.logging.LogSetup;
import io.mgnlbackup.testing.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a client can say, said in every hostile way: no answer and no line of the log has it as it came. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {

    private static final String FORGED = "2026-01-01T00:00:00.000Z INFO  Audit: forged";

    /** Already percent-encoded, as they stand in a URL or in a form. */
    private static final List<String> HOSTILE = List.of(
            encoded("<script>alert(1)</script>"),
            encoded("\"><img src=x onerror=alert(1)>"),
            encoded("'onmouseover='alert(1)"),
            encoded("{{=<% %>=}}${jndi:ldap://x}{a=\"<script>alert(1)</script>\"}"),
            encoded("\r\nSet-Cookie: pwned=1\r\n\r\n<script>alert(1)</script>"),
            encoded("\n" + FORGED),
            encoded("\u2028" + FORGED),
            encoded("a\0b\u001b[31m\u202edrow\u2066"),
            "%ff%fe%c0%af",
            "%zz",
            "%",
            "A".repeat(7_000),
            "A".repeat(10_000));

    private static final List<String> ACCEPT = List.of("text/html", "application/json");

    /** Places for hostile text: a request line with a hole in it. */
    private static final List<String> TARGETS = List.of(
            "GET /list?query=§",
            "GET /list?query=%7Ba%3D%22§%22%7D",
            "GET /list?orderby=§",
            "GET /list?dir=§",
            "GET /list?limit=§",
            "GET /list?page=§",
            "GET /list?instant=§",
            "GET /list?§=1",
            "GET /list?limit=1&limit=§",
            "GET /dump?sync=§",
            "GET /dump?§",
            "GET /bundle?query=§",
            "GET /bundle/§",
            "GET /bundle/now?mode=§",
            "GET /bundle/now?timeline=§",
            "GET /bundle/now?upload=§",
            "GET /bundle/now?download=§",
            "GET /bundle/now?download&§=1",
            "GET /bundle§",
            "GET /files/§",
            "GET /files/x?expires=§&signature=§",
            "GET /events?a=§",
            "GET /assets/§",
            "GET /metrics?a=§",
            "GET /health/ready?a=§",
            "GET /§",
            "§ /list",
            "PUT /list?a=§",
            "DELETE /cache?a=§",
            "DELETE /list/§");

    private static final List<String> HEADERS = List.of(
            "Host",
            "Origin",
            "Referer",
            "User-Agent",
            "Authorization",
            "Content-Type",
            "Range",
            "If-None-Match",
            "X-Forwarded-For",
            "Sec-Fetch-Site",
            "Cookie",
            "Expect",
            "Upgrade",
            "Transfer-Encoding");

    private final JsonMapper json = new JsonMapper();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream err = System.err;
    private GuardedSidecar sidecar;
    private RawHttp http;

    @BeforeAll
    void start(@TempDir Path folder) {
        sidecar = GuardedSidecar.start(folder, Map.of("MGNLBACKUP_ADDRESS", "127.0.0.1:0"));
        http = sidecar.http();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        LogSetup.apply(Settings.LogLevel.DEBUG, SecretMask.PATTERNS_ONLY);
    }

    /** What the tests have asked for is in the log by then. */
    @AfterAll
    void stop() {
        try {
            sidecar.close();
        } finally {
            LogSetup.apply(Settings.LogLevel.INFO, SecretMask.PATTERNS_ONLY);
            System.setErr(err);
        }
        noLineOfTheLogIsForged(log.toString(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format(Locale.ROOT, "%%%02x", next));
        }
        return encoded.toString();
    }

    static Stream<String> targets() {
        return TARGETS.stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void staysHarmlessInTheRequestLine(String target) throws IOException {
        for (String hostile : HOSTILE) {
            for (String accept : ACCEPT) {
                check(target.replace("§", hostile) + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept
                        + "\r\nConnection: close\r\n\r\n");
            }
        }
        check(target.replace("§", "<script>alert(1)</script>") + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    @Test
    void staysHarmlessInAForm() throws IOException {
        for (String hostile : HOSTILE) {
            for (String name : List.of("query", "orderby", "dir", "limit", "instant", hostile)) {
                String form = name + "=" + hostile;
                check("POST /list HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form);
            }
        }
    }

    @Test
    void staysHarmlessInAHeader() throws IOException {
        List<String> raw = List.of(
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "a\u202eb\u0085" + FORGED,
                "a\tb",
                "a\u001b[31m",
                "x\r\n " + FORGED,
                "A".repeat(10_000));
        for (String name : HEADERS) {
            for (String hostile : raw) {
                String host = name.equals("Host") ? "" : "Host: x\r\n";
                check("GET /list HTTP/1.1\r\n" + host + name + ": " + hostile
                        + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
            }
        }
    }

    private void check(String request) throws IOException {
        if (request.startsWith("GET /events") && !request.contains("%zz") && !request.contains("=% ")) {
            return; // it does not end
        }
        String answer = http.raw(request);
        String about = request.substring(0, Math.min(200, request.length())) + "\n→\n"
                + answer.substring(0, Math.min(3000, answer.length()));
        int end = answer.indexOf("\r\n\r\n");
        assertThat(answer).as(about).startsWith("HTTP/1.");
        String head = answer.substring(0, end);
        String body = answer.substring(end + 4);
        assertThat(Integer.parseInt(answer.substring(9, 12))).as(about).isLessThan(500);
        assertThat(head).as(about).doesNotContain("pwned", "<", "alert(", FORGED);
        assertThat(head.replaceAll("[\\r\\n]", "")).as(about).matches("[\\x20-\\x7e]*");
        assertThat(head.lines().filter(line -> line.startsWith("Content-Security-Policy: ")))
                .as(about)
                .hasSize(1);
        checkBody(head, body, about);
    }

    private void checkBody(String head, String body, String about) throws IOException {
        if (body.isEmpty()) {
            return;
        }
        assertThat(body).as(about).doesNotContain("\0", "\u001b");
        if (head.contains("Content-Type: text/html")) {
            assertThat(body).as(about).doesNotContain("<script>", "<img", "'onmouseover='", "\"><img");
        } else if (head.contains("Content-Type: application/json")) {
            JsonNode error = json.readTree(unchunked(head, body)).path("error");
            assertThat(error.asText())
                    .as(about)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                    .hasSizeLessThan(1_000);
        } else {
            assertThat(body).as(about).doesNotContain("alert(", FORGED);
        }
    }

    private static String unchunked(String head, String body) {
        return head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")
                ? body.replaceAll("(?m)^[0-9a-f]+\\r\\n", "").replaceAll("\\r\\n", "")
                : body;
    }

    private static void noLineOfTheLogIsForged(String log) {
        Pattern line = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z (ERROR|WARN |INFO |DEBUG|TRACE) .*|\\s.*|)");
        List<String> odd = new ArrayList<>();
        for (String text : log.split("\\n", -1)) {
            if (!line.matcher(text).matches()
                    || text.startsWith(FORGED)
                    || Pattern.compile("[\\p{Cc}\\p{Cf}\\x{2028}\\x{2029}&&[^\\t]]")
                            .matcher(text)
                            .find()) {
                odd.add(text);
            }
        }
        assertThat(odd).isEmpty();
        assertThat(log).contains("Audit: ").doesNotContain("failed in an unexpected way");
    }
}
