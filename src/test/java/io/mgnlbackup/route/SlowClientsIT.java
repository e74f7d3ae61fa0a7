package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.RawHttp;
import io.mgnlbackup.testing.SlowClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are slow, or many, with limits that are small. Everybody else is served meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientsIT {

    private static final Pattern LINK =
            Pattern.compile("\"link\":\"([^\"]+)\",\"name\":\"[^\"]+\",\"last_modified\":\"[^\"]+\",\"size\":(\\d+)");
    private static final int CONNECTIONS = 8;
    private static final Duration REQUEST = Duration.ofSeconds(2);

    private final List<SlowClient> clients = new ArrayList<>();
    private GuardedSidecar sidecar;
    private RawHttp http;
    private String file;
    private long size;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        sidecar = GuardedSidecar.start(
                folder,
                Map.of(
                        "MGNLBACKUP_ADDRESS", "127.0.0.1:0",
                        "MGNLBACKUP_CMD", "head",
                        "MGNLBACKUP_ARGS", "-c 30000000 /dev/urandom",
                        "MGNLBACKUP_GZIP_LEVEL", "1",
                        "MGNLBACKUP_MAX_CONNECTIONS", Integer.toString(CONNECTIONS),
                        "MGNLBACKUP_MAX_DOWNLOADS", "1",
                        "MGNLBACKUP_REQUEST_TIMEOUT", REQUEST.toSeconds() + "s",
                        "MGNLBACKUP_STALL_TIMEOUT", "3s"));
        http = sidecar.http();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::findsTheBackup);
    }

    private boolean findsTheBackup() throws IOException {
        Matcher link = LINK.matcher(http.answer("GET", "/list", "Accept: application/json"));
        if (!link.find()) {
            return false;
        }
        URI uri = URI.create(link.group(1));
        file = uri.getRawPath() + "?" + uri.getRawQuery();
        size = Long.parseLong(link.group(2));
        return true;
    }

    @AfterEach
    void letGo() {
        clients.forEach(SlowClient::close);
        clients.clear();
    }

    @AfterAll
    void stop() {
        sidecar.close();
    }

    private SlowClient client() throws IOException {
        SlowClient client = new SlowClient(sidecar.port());
        clients.add(client);
        return client;
    }

    private static void awaitCut(SlowClient client) {
        Awaitility.await("the connection is cut").atMost(Duration.ofSeconds(10)).until(client::isCut);
    }

    @Test
    void whoSendsNothingIsCutOff() throws IOException {
        awaitCut(client());
    }

    @Test
    void whoSendsHeadersForEverIsCutOff() throws IOException {
        SlowClient client = client();
        client.send("GET /list HTTP/1.1\r\nHost: x\r\n");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    client.send("X-More: and more\r\n");
                    return client.isCut();
                });
    }

    @Test
    void whoSendsABodyForEverIsToldSoAndCutOff() throws IOException {
        SlowClient client = client();
        client.send(
                "POST /list HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nquery=");
        assertThat(client.readUntil("}")).startsWith("HTTP/1.1 408").contains("\"error\"");
        awaitCut(client);
    }

    @Test
    void aConnectionThatIsKeptOpenEndsWhenItIsIdle() throws IOException {
        SlowClient client = client().asks("/health/live");
        String end = "\r\n0\r\n\r\n";
        assertThat(client.readUntil(end)).startsWith("HTTP/1.1 200");
        assertThat(client.asks("/health/live").readUntil(end)).startsWith("HTTP/1.1 200");
        awaitCut(client);
    }

    @Test
    void whoReadsNothingOfADownloadIsCutOffAndGivesItsPlaceBack() throws IOException {
        SlowClient client = client().asks(file);
        assertThat(client.read(1000)).hasSize(1000);
        assertThat(http.answer("GET", file))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 5", "too many files are being downloaded");
        assertThat(http.status("HEAD", file)).isEqualTo(200);
        Awaitility.await("the place is free again")
                .atMost(Duration.ofSeconds(15))
                .until(() -> http.status("GET", file) == 200);
        assertThat(client.drain()).isLessThan(size);
    }

    @Test
    void whoReadsSlowlyAndSteadilyGetsItAll() throws IOException {
        SlowClient client = client().asks(file);
        String head = client.readUntil("\r\n\r\n");
        assertThat(head).startsWith("HTTP/1.1 200");
        long read = 0;
        long end = System.nanoTime() + Duration.ofSeconds(7).toNanos(); // longer than every limit
        while (System.nanoTime() < end) {
            read += client.read(256 * 1024).length;
            Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        }
        assertThat(read).as("it was slow indeed").isLessThan(size - (4 << 20));
        assertThat(read + client.drain()).isGreaterThanOrEqualTo(size);
    }

    @Test
    void idleConnectionsMakeWay() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            client();
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> http.status("GET", "/list") == 200);
    }

    @Test
    void whenAllAreBusyHealthAndMetricsAreAnsweredAndOthersLearnWhyTheyAreNot() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            assertThat(client().asks("/events").readUntil("data:")).startsWith("HTTP/1.1 200");
        }
        String refused = http.answer("GET", "/list");
        assertThat(refused)
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 5", "\"error\":\"there are too many connections\"");
        assertThat(http.status("GET", "/health/live")).isEqualTo(200);
        assertThat(http.status("GET", "/health/ready")).isEqualTo(200);
        assertThat(http.answer("GET", "/metrics")).contains("mgnlbackup_backups");
        letGo();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> http.status("GET", "/list") == 200);
    }

    @Test
    void whoAsksForMoreAndMoreAndReadsNothingIsCutOff() throws IOException {
        SlowClient client = client();
        boolean gone = false;
        for (int i = 0; i < 3_000 && !gone; i++) {
            gone = !client.send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        awaitCut(client);
    }
}
