package io.mgnlbackup.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.StoreFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server verifies by itself: what it finds is in the log, the metrics, on the page and told to a route, and outlives it. */
class VerifyOnScheduleIT {

    private static final String GOOD = "mgnlbackup_verified_objects{result=\"good\"}";
    private static final String DAMAGED = "mgnlbackup_verified_objects{result=\"damaged\"}";

    @TempDir
    private Path folder;

    private Map<String, String> settings;

    @BeforeEach
    void settings() {
        settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "seq 1 200000"));
    }

    private static double metric(SidecarProcess sidecar, String name) {
        return sidecar.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1.0);
    }

    private static String page(SidecarProcess sidecar) {
        return sidecar.send("GET", "/list", Map.of("Accept", "text/html"), "").body();
    }

    private String backup(SidecarProcess sidecar) throws IOException {
        sidecar.await("the backup at the start", () -> sidecar.list().size() == 1);
        return sidecar.list().get(0).path("name").asText();
    }

    private void flip(String name) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("store").resolve(name).toFile(), "rw")) {
            file.seek(5000);
            int before = file.read();
            file.seek(5000);
            file.write(before ^ 1);
        }
    }

    @Test
    void whatIsDamagedIsFoundToldAndStillKnownAfterARestart() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("tell.camel.yaml"), """
                - route:
                    id: tell-damage
                    from:
                      uri: direct:verify-failed
                      steps:
                        - log: "bad news: ${body.message}"
                - route:
                    id: tell-verified-too
                    from:
                      uri: direct:verify-succeeded
                      steps:
                        - log: "good news: ${body.bytes} bytes"
                """);
        settings.put("ROUTES_DIR", routes.toString());
        settings.put("VERIFY_CRON", "@every 1s");
        String name;
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            name = backup(sidecar);
            sidecar.await("it is verified", () -> metric(sidecar, GOOD) == 1);
            sidecar.await("a route is told", () -> sidecar.log().contains("good news: "));
            assertThat(metric(sidecar, "mgnlbackup_verify_last_timestamp_seconds"))
                    .isPositive();
            assertThat(metric(sidecar, "mgnlbackup_verify_read_bytes_total")).isPositive();
            assertThat(page(sidecar))
                    .contains("data-label=\"Verified\"", "verified good")
                    .doesNotContain("damaged");
            flip(name);
            sidecar.await("the damage is seen", () -> metric(sidecar, DAMAGED) == 1);
            assertThat(sidecar.log()).contains("'" + name + "' is ").contains("take a backup now");
            sidecar.await("a route is told", () -> sidecar.log().contains("bad news: damaged: '" + name + "' "));
            assertThat(page(sidecar)).contains("1 object is damaged: " + name, "verified damaged");
            assertThat(sidecar.terminate()).isIn(0, 143);
        }
        settings.remove("VERIFY_CRON");
        settings.put("READONLY", "true");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            assertThat(page(sidecar)).contains("1 object is damaged: " + name);
            assertThat(metric(sidecar, DAMAGED)).isEqualTo(1);
            assertThat(metric(sidecar, "mgnlbackup_verify_expected_timestamp_seconds"))
                    .isEqualTo(-1);
            assertThat(sidecar.list()).as("the record is no backup").hasSize(1);
        }
    }

    @Test
    void theCommandWritesDownWhatItFoundAndAServerReadsIt() throws IOException {
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            backup(sidecar);
            assertThat(page(sidecar)).doesNotContain("Verified");
            try (SidecarProcess command = SidecarProcess.launch(folder, settings, "verify")) {
                assertThat(command.awaitEnd()).as(command.log()).isZero();
            }
            assertThat(page(sidecar)).contains("verified good");
            assertThat(metric(sidecar, GOOD)).isEqualTo(1);
            List<String> records = new StoreFolder(folder.resolve("store"))
                    .names().stream()
                            .filter(name -> name.endsWith("-verified.json.gz"))
                            .toList();
            assertThat(records).hasSize(1);
        }
    }

    @Test
    void aSidecarThatOnlyReadsVerifiesTooAndWritesNothing() throws IOException {
        try (SidecarProcess command = SidecarProcess.launch(folder, settings, "dump")) {
            assertThat(command.awaitEnd()).as(command.log()).isZero();
        }
        settings.put("READONLY", "true");
        settings.put("VERIFY_CRON", "@every 1s");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("it is verified", () -> metric(sidecar, GOOD) == 1);
            assertThat(new StoreFolder(folder.resolve("store")).names()).hasSize(1);
        }
    }
}
