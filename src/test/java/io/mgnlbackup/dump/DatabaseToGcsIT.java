package io.mgnlbackup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.GcsServer;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with Google Cloud Storage: a database there and back, and a dump that is larger than the memory. */
class DatabaseToGcsIT {

    /** Of the dump that must not need memory; {@code -Dgcs.mebibytes=1024} for a gibibyte. */
    private static final int MEBIBYTES = Integer.getInteger("gcs.mebibytes", 256);

    @TempDir
    private Path folder;

    private GcsServer store;

    @BeforeEach
    void start() {
        store = new GcsServer();
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private Map<String, String> settings(String command, String arguments) {
        Map<String, String> settings = new HashMap<>(store.variables("databases", store.endpoint()));
        settings.put("CMD", command);
        settings.put("ARGS", arguments);
        settings.put("CRON", "0 0 29 2 *");
        return settings;
    }

    @Test
    void restoresADumpByTheLinkThatTheKeySigned() {
        try (PostgresServer source = PostgresServer.start()) {
            source.createDatabase("shop");
            source.loadShop("shop");
            source.loadEvents("shop", 20);
            Map<String, String> settings = settings(source.program("pg_dump"), "-d shop");
            source.environment().forEach((name, value) -> settings.put("=" + name, value));
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
                sidecar.await("the backup at start", () -> sidecar.list().size() == 1);
                JsonNode entry = sidecar.list().get(0);
                assertThat(store.requests()).anyMatch(request -> request.contains(" bytes 1048576-"));
                source.createDatabase("restored");
                String pipe =
                        "set -eo pipefail; curl -sSf '" + entry.get("link").asText() + "' | gunzip | '"
                                + source.program("psql") + "' -Xq -v ON_ERROR_STOP=1 -d restored";
                Tool.of("bash", "-c", pipe).environment(source.environment()).run();
                assertThat(source.fingerprint("restored")).isEqualTo(source.fingerprint("shop"));
            }
        }
    }

    @Test
    void aBackupThatIsAskedForBeforeTheStartIsThroughFindsItsBucket() throws IOException {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("schedule.camel.yaml"), """
                - route:
                    id: schedule-backup
                    description: Never prepare the store.
                    from:
                      uri: direct:schedule-backup
                      steps:
                        - log: "nothing"
                """);
        Map<String, String> settings = settings("echo", "row");
        settings.put("ROUTES_DIR", routes.toString());
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            assertThat(sidecar.dump().statusCode()).as(sidecar.log()).isEqualTo(200);
            assertThat(store.names("databases")).hasSize(1);
        }
    }

    @Test
    void storesMoreThanFitsIntoMemory() {
        Map<String, String> settings = settings("head", "-c " + MEBIBYTES + "M /dev/urandom");
        settings.put("JAVA_OPTS", "-Xmx64m");
        settings.put("GCS_CHUNK_SIZE", "8MiB");
        settings.put("GZIP_LEVEL", "1");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await(
                    "the backup at start",
                    () -> sidecar.metric("mgnlbackup_running") == 0
                            && !store.names("databases").isEmpty());
            assertThat(sidecar.metric("mgnlbackup_errors")).isZero();
            String name = store.names("databases").get(0);
            assertThat(store.size("databases", name).orElseThrow()).isGreaterThan((long) MEBIBYTES << 20);
            Tool.of("bash", "-c", "gzip -t < '" + store.file("databases", name) + "'")
                    .run();
        }
    }
}
