package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.RawHttp;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.SlowClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as users run it, in little memory, and a crowd that sends a bit now and then and reads nothing. */
class ManySlowClientsIT {

    private static final int CROWD = 200;
    private static final int ROUNDS = 8;

    @TempDir
    private Path folder;

    @Test
    void aCrowdTakesNeitherTheMemoryNorThePlaceOfOthers() throws IOException {
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "echo row"));
        settings.put("JAVA_OPTS", "-Xmx48m");
        List<SlowClient> crowd = new ArrayList<>();
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("the backup at start", () -> sidecar.list().size() == 1);
            RawHttp http = new RawHttp(sidecar.port());
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = crowd.size(); i < CROWD; i++) {
                    crowd.add(newcomer(sidecar.port(), i));
                }
                crowd.removeIf(client -> !client.send("X-More: " + "a".repeat(1_800) + "\r\n"));
                // Those who have just come have a moment before they must make way.
                Awaitility.await("the list, round " + round)
                        .atMost(Duration.ofSeconds(20))
                        .ignoreExceptions()
                        .until(() -> http.status("GET", "/list", "Accept: application/json") == 200);
                assertThat(http.status("GET", "/health/live"))
                        .as("health is answered at once, round %d", round)
                        .isEqualTo(200);
                // A third of the crowd asks for these too, so there may be no place in the line for a moment.
                Awaitility.await("the metrics, round " + round)
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> http.status("GET", "/metrics") == 200);
            }
            assertThat(sidecar.dump().statusCode()).isEqualTo(200);
            assertThat(sidecar.list()).hasSize(2);
            assertThat(sidecar.process().isAlive()).isTrue();
            assertThat(sidecar.metric("jvm_memory_max_bytes{area=\"heap\"}"))
                    .as("its memory was small indeed")
                    .isBetween(1.0, 48.0 * (1 << 20));
        } finally {
            crowd.forEach(SlowClient::close);
        }
    }

    /** Every third asks for much, again and again, and reads nothing; the others never end their first request. */
    private static SlowClient newcomer(int port, int number) throws IOException {
        SlowClient client = new SlowClient(port);
        client.send(
                number % 3 == 0
                        ? "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100)
                        : "POST /list HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n");
        return client;
    }
}
