package io.mgnlbackup.route;

import static io.mgnlbackup.route.GuardedSidecar.anna;
import static io.mgnlbackup.route.GuardedSidecar.basic;
import static io.mgnlbackup.route.GuardedSidecar.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.access.Role;
import io.mgnlbackup.testing.LogLines;
import io.mgnlbackup.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What those who have a token or a password do with it, what the audit log says of it, and what becomes of those who guess. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessFlowIT {

    private static final Pattern LINK = Pattern.compile("\"link\":\"([^\"]+)\"");
    private static final String JSON = "Accept: application/json";

    private GuardedSidecar sidecar;
    private RawHttp http;

    @BeforeAll
    void start(@TempDir Path folder) {
        sidecar = GuardedSidecar.start(folder);
        http = sidecar.http();
        // What the start takes by itself, there being none yet.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        http.answer("GET", "/list", bearer(Role.READ), JSON).contains("\"link\""));
    }

    @AfterAll
    void stop() {
        sidecar.close();
    }

    private String link() throws IOException {
        Matcher link = LINK.matcher(http.answer("GET", "/list", bearer(Role.READ), JSON));
        assertThat(link.find()).isTrue();
        URI uri = URI.create(link.group(1));
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    @Test
    void aLinkIsACredentialForItsObjectAlone() throws IOException {
        String link = link();
        assertThat(http.status("GET", link)).isEqualTo(200);
        assertThat(http.status("HEAD", link)).isEqualTo(200);
        assertThat(http.status("GET", link, bearer(Role.METRICS))).isEqualTo(200);
        assertThat(http.status("DELETE", link)).isEqualTo(401);
        assertThat(http.status("GET", link.replace(".sql.gz", ".sql.gx"))).isEqualTo(401);
        assertThat(http.status("GET", link.replace("signature=", "signature=A")))
                .isEqualTo(401);
        assertThat(http.status("GET", link.replaceFirst("expires=.", "expires=9")))
                .isEqualTo(401);
        assertThat(http.status("GET", link.replaceFirst("/files/[^?]*", "/list")))
                .isEqualTo(401);
        assertThat(http.status("GET", link.replaceFirst("/files/", "/files/../list/..%2f")))
                .isEqualTo(401);
        assertThat(http.status("GET", link.replaceFirst("\\?", "/../../list?"))).isEqualTo(401);
    }

    @Test
    void aBodyWaitsUntilThePasswordIsChecked() throws IOException {
        String form = "orderby=size&limit=wrong";
        String answer = http.raw("POST /list HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + anna() + "\r\n" + JSON
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n"
                + form);
        assertThat(answer).startsWith("HTTP/1.1 400").contains("parameter 'limit'");
    }

    @Test
    void thePageShowsTheButtonToThoseWhoMayUseIt() throws IOException {
        assertThat(http.answer("GET", "/list", bearer(Role.WRITE), "Accept: text/html"))
                .contains("Back up now", "id=\"dump\"");
        assertThat(http.answer("GET", "/list", anna(), "Accept: text/html"))
                .startsWith("HTTP/1.1 200")
                .contains("without the role 'write'")
                .doesNotContain("Back up now", "MGNLBACKUP_USERS");
    }

    @Test
    void eventsComeToThoseWhoMayRead() throws IOException {
        assertThat(http.status("GET", "/events", anna())).isEqualTo(200);
        assertThat(http.status("GET", "/events", bearer(Role.METRICS))).isEqualTo(403);
    }

    @Test
    void aPageOfAnotherSiteCannotUseThePasswordThatABrowserKnows() throws IOException {
        assertThat(http.status("POST", "/dump", basic("write:token-of-write"), "Sec-Fetch-Site: cross-site"))
                .isEqualTo(403);
        assertThat(http.status("POST", "/dump", basic("write:token-of-write"), "Origin: http://evil.example"))
                .isEqualTo(403);
    }

    @Test
    void theAuditLogSaysWhoDidWhat() throws IOException {
        try (LogLines lines = LogLines.of("io.mgnlbackup.Audit")) {
            String dumped = http.answer("POST", "/dump?sync=true", bearer(Role.WRITE));
            assertThat(dumped).startsWith("HTTP/1.1 200");
            http.answer("GET", "/list?query=%7B%7D", bearer(Role.READ), JSON);
            http.answer("GET", link());
            http.status("GET", "/dump?a=secret", bearer(Role.READ));
            http.status("GET", "/metrics?signature=secret");
            http.status("DELETE", "/cache", bearer(Role.ADMIN));
            assertThat(lines.all())
                    .anyMatch(
                            line -> line.matches(
                                    "INFO write \\(read,write\\) at 127.0.0.1, POST /dump: starts the backup '[-0-9]+\\.sql\\.gz'"))
                    .anyMatch(
                            line -> line.matches(
                                    "INFO read \\(read\\) at 127.0.0.1, GET /list: is given \\d+ links, from '[-0-9]+\\.sql\\.gz' to '.*'"))
                    .anyMatch(line -> line.matches("INFO - at 127.0.0.1, GET /files/[^?]*: downloads '.*'"))
                    .contains(
                            "WARN read (read) at 127.0.0.1, GET /dump: is refused with 403, 'read' does not have the role 'write'",
                            "WARN - at 127.0.0.1, GET /metrics: is refused with 401, credentials are missing",
                            "INFO admin (read,write,metrics,admin) at 127.0.0.1, DELETE /cache: makes the sidecar forget"
                                    + " 'what it knows of the store'")
                    .noneMatch(line -> line.contains("secret") || line.contains("token-of"));
        }
    }

    @Test
    void wrongAttemptsWaitAndKeepNobodyElseOut() throws Exception {
        RawHttp guesser = sidecar.http("127.0.0.9");
        assertThat(guesser.status("GET", "/list", anna())).isEqualTo(200);
        Instant start = Instant.now();
        ExecutorService threads = Executors.newFixedThreadPool(30);
        try {
            List<CompletableFuture<Integer>> guesses = IntStream.range(0, 30)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return guesser.status("GET", "/list", basic("anna:guess" + i));
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            },
                            threads))
                    .toList();
            CompletableFuture.anyOf(guesses.toArray(CompletableFuture[]::new)).join();
            assertThat(guesser.status("GET", "/list", bearer(Role.READ)))
                    .as("a token")
                    .isEqualTo(200);
            assertThat(guesser.status("GET", "/list", anna()))
                    .as("a password that was right before")
                    .isEqualTo(200);
            assertThat(guesser.status("GET", "/health/live")).isEqualTo(200);
            assertThat(guesses).as("answers still wait").anyMatch(guess -> !guess.isDone());
            List<Integer> answers =
                    guesses.stream().map(CompletableFuture::join).toList();
            assertThat(answers).contains(401, 429).containsOnly(401, 429);
            long unauthorized = answers.stream().filter(status -> status == 401).count();
            // The fourth in a row waits for two seconds: 250 ms, doubled with each.
            assertThat(unauthorized).isBetween(4L, 29L);
            assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aWrongTokenWaitsToo() throws IOException {
        Instant start = Instant.now();
        assertThat(sidecar.http("127.0.0.10").status("GET", "/list", "Authorization: Bearer wrong"))
                .isEqualTo(401);
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void whatIsRefusedIsCountedByItsStatus() throws IOException {
        assertThat(refused(429)).as("there before the first").isNotNegative();
        long missing = refused(401);
        long forbidden = refused(403);
        http.status("GET", "/list");
        http.status("GET", "/list", "Authorization: Bearer wrong");
        http.status("POST", "/dump", bearer(Role.READ));
        http.status("GET", "/list", bearer(Role.READ));
        http.status("GET", "/health/live");
        assertThat(refused(401)).isEqualTo(missing + 2);
        assertThat(refused(403)).isEqualTo(forbidden + 1);
    }

    private long refused(int status) throws IOException {
        Matcher line = Pattern.compile("mgnlbackup_refused_requests_total\\{status=\"" + status + "\"} (\\d+)")
                .matcher(http.answer("GET", "/metrics", bearer(Role.METRICS)));
        assertThat(line.find()).isTrue();
        return Long.parseLong(line.group(1));
    }
}
