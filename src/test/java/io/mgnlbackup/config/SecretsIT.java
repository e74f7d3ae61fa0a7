package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the sidecar says in a full run at {@code trace}, in good and in bad times, is searched for the passwords that it was given. */
class SecretsIT {

    private static final String S3_WORD = "S3cretStore5Wd";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"argument", "uri", "environment"})
    void noPasswordIsEverShown(String where) {
        PostgresServer database = PostgresServer.shared();
        try (S3Server store = new S3Server(new Secret(S3_WORD));
                ChaosProxy line = new ChaosProxy(store.endpoint())) {
            Map<String, String> settings = new HashMap<>(S3Server.variables("secrets", line.endpoint()));
            settings.put("S3_SECRETKEY", S3_WORD);
            settings.put("LOGLEVEL", "trace");
            settings.put("CRON", "0 0 29 2 *");
            settings.putAll(dump(where, database));
            StringBuilder said = new StringBuilder();
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
                sidecar.await("the backup at start", () -> sidecar.metric("mgnlbackup_seconds_count") == 1);
                assertThat(sidecar.list()).hasSize(1);
                for (String path : new String[] {"/list", "/metrics", "/health/ready", "/health/live", "/nothing"}) {
                    said.append(sidecar.get(path).body());
                }
                line.cut();
                said.append(sidecar.dump().body());
                said.append(sidecar.send("DELETE", "/cache", Map.of(), "").body());
                said.append(sidecar.get("/list").body());
                sidecar.terminate();
                said.append(sidecar.log());
            }
            settings.put("CRON", "nonsense");
            try (SidecarProcess wrong = SidecarProcess.launch(folder, settings)) {
                assertThat(wrong.awaitEnd()).isEqualTo(2);
                said.append(wrong.log());
            }
            settings.put("CRON", "@daily");
            for (String output : new String[] {"text", "json"}) {
                try (SidecarProcess config = SidecarProcess.launch(folder, settings, "config", "--output", output)) {
                    assertThat(config.awaitEnd()).as(config.log()).isZero();
                    said.append(config.log());
                }
            }
            assertThat(said.toString())
                    .contains("DEBUG", "cannot list objects", "***")
                    .doesNotContain(S3_WORD)
                    .doesNotContain(PostgresServer.SECRET_WORD);
        }
    }

    /** Dump commands that are given their password in three ways, and say it on standard error where they can be made to. */
    private static Map<String, String> dump(String where, PostgresServer database) {
        String tell = database.program("pg_dump");
        return switch (where) {
            case "argument" ->
                Map.of(
                        "CMD",
                        "sh",
                        "ARGS",
                        "-c 'echo \"$0 $*\" >&2; echo row' --password=" + PostgresServer.PASSWORD + " -p"
                                + PostgresServer.PASSWORD);
            case "uri" -> Map.of("CMD", tell, "ARGS", "--verbose --dbname=" + database.uri("postgres"));
            default -> {
                Map<String, String> settings = new HashMap<>();
                database.environment().forEach((name, value) -> settings.put("=" + name, value));
                settings.put("CMD", "sh");
                settings.put("ARGS", "-c 'env >&2; exec " + tell + " -d postgres'");
                yield settings;
            }
        };
    }
}
