package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.FreePort;
import io.mgnlbackup.testing.LogLines;
import io.mgnlbackup.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sidecar without users, as one is whose image was swapped and nothing else. */
class OpenSidecarIT {

    @Test
    void warnsInTheLogAndOnThePageAndAnswersEverybody(@TempDir Path folder) throws Exception {
        try (LogLines lines = LogLines.of("io.mgnlbackup.PortWiring");
                GuardedSidecar sidecar = GuardedSidecar.start(folder, Map.of("MGNLBACKUP_ADDRESS", ":0"))) {
            assertThat(lines.all()).anyMatch(line -> line.startsWith("WARN everybody who reaches port"));
            assertThat(sidecar.http().answer("GET", "/list", "Accept: text/html"))
                    .startsWith("HTTP/1.1 200")
                    .contains("Everybody who reaches this port", "Back up now");
            assertThat(sidecar.http().status("POST", "/dump?sync=true")).isIn(200, 429);
        }
    }

    @Test
    void nobodyIsToldAtTheStartThatThereIsNothing(@TempDir Path folder) throws Exception {
        RawHttp early = new RawHttp(FreePort.find());
        AtomicBoolean started = new AtomicBoolean();
        CompletableFuture<Set<Integer>> statuses = CompletableFuture.supplyAsync(() -> {
            Set<Integer> seen = new TreeSet<>();
            boolean last;
            do {
                last = started.get();
                try {
                    seen.add(early.status("GET", "/list"));
                } catch (IOException e) {
                    seen.add(0); // nobody listens
                }
            } while (!last);
            return seen;
        });
        try (GuardedSidecar sidecar =
                GuardedSidecar.start(folder, Map.of("MGNLBACKUP_ADDRESS", "127.0.0.1:" + early.port()))) {
            started.set(true);
            assertThat(statuses.join()).containsExactly(0, 200);
            assertThat(sidecar.port()).isEqualTo(early.port());
        }
    }

    @Test
    void isSilentWhenThatIsMeant(@TempDir Path folder) throws Exception {
        try (LogLines lines = LogLines.of("io.mgnlbackup.PortWiring");
                GuardedSidecar sidecar =
                        GuardedSidecar.start(folder, Map.of("MGNLBACKUP_ADDRESS", ":0", "MGNLBACKUP_OPEN", "true"))) {
            assertThat(lines.all()).noneMatch(line -> line.contains("everybody"));
            assertThat(sidecar.http().answer("GET", "/list", "Accept: text/html"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("Everybody who reaches this port");
        }
    }
}
