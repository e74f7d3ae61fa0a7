package io.mgnlbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.ArchivingServer;
import io.mgnlbackup.testing.Folder;
import io.mgnlbackup.testing.GcsServer;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster archived into Google Cloud Storage and restored to a moment; without a key file, so links are signed by IAM. */
class PitrGcsIT {

    @TempDir
    private Path folder;

    @Test
    void restoresToTheMomentBeforeAMistake() throws Exception {
        try (GcsServer store = new GcsServer();
                ArchivingServer archiving = new ArchivingServer(1);
                SidecarProcess sidecar = SidecarProcess.start(folder, archiving.sidecar(withoutKey(store)))) {
            PostgresServer server = archiving.postgres();
            sidecar.await("the first base backup", () -> sidecar.list().stream().anyMatch(PitrGcsIT::isBaseBackup));
            server.psql("postgres", "CREATE TABLE orders AS SELECT generate_series(1, 1000) AS id");
            String moment = server.psql(
                    "postgres",
                    "SET TimeZone = 'UTC'; SELECT to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
            server.psql("postgres", "DELETE FROM orders");
            archiving.switchSegment();
            sidecar.await("everything is archived", archiving::drained);

            HttpResponse<String> answer = sidecar.get("/bundle/" + moment + "?mode=restore&upload");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            String link = SidecarProcess.json(answer).get("link").asText();
            Path data = PostgresServer.emptyFolder();
            Tool.of("./mgnlbackup", "boot", "--datasource", link, "--pgdata", data.toString())
                    .run();
            try (PostgresServer restored = PostgresServer.onRestored(data, Map.of("archive_mode", "off"))) {
                Awaitility.await("promoted")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> restored.psql("postgres", "SELECT pg_is_in_recovery()")
                                .equals("f"));
                assertThat(restored.psql("postgres", "SELECT count(*) FROM orders"))
                        .isEqualTo("1000");
            } finally {
                Folder.delete(data);
            }
            assertThat(store.requests()).anyMatch(request -> request.contains(":signBlob"));
        }
    }

    /** Settings of a sidecar whose credentials come from the metadata server of its machine. */
    private static Map<String, String> withoutKey(GcsServer store) {
        Map<String, String> settings = new HashMap<>(store.variables("pitr", store.endpoint()));
        settings.remove("=GOOGLE_APPLICATION_CREDENTIALS");
        settings.put("GCS_IAM_ENDPOINT", store.endpoint().toString());
        settings.put("=GCE_METADATA_HOST", store.metadataHost());
        return settings;
    }

    private static boolean isBaseBackup(JsonNode entry) {
        return entry.path("name").asText().endsWith("-basebackup.tar.gz");
    }
}
