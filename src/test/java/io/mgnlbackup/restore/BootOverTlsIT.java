package io.mgnlbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.ArchivingServer;
import io.mgnlbackup.testing.Folder;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.TestCa;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore from a sidecar that shows a certificate of a private CA, and wants one. */
class BootOverTlsIT {

    @TempDir
    private Path folder;

    private Path data = Path.of("");

    @Test
    void bootShowsItsCertificateAndReadsALotFromASidecarThatWantsOne() throws Exception {
        TestCa ca = new TestCa(folder, "ca");
        TestCa.Issued server = ca.issue("server");
        TestCa.Issued client = ca.issue("client");
        data = PostgresServer.emptyFolder();
        try (ArchivingServer archiving = new ArchivingServer()) {
            archiving.postgres().psql("postgres", "CREATE TABLE kept AS SELECT n FROM generate_series(1, 1000) n");
            Map<String, String> settings = new HashMap<>(
                    archiving.sidecar(Map.of("FILE_DIR", folder.resolve("store").toString())));
            settings.put("TLS_CERT_FILE", server.certificate().toString());
            settings.put("TLS_KEY_FILE", server.key().toString());
            settings.put("TLS_CLIENT_CA_FILE", ca.certificate().toString());
            try (SidecarProcess sidecar =
                    SidecarProcess.startWithTls(folder, settings, ca.context(Optional.of(client)))) {
                sidecar.await(
                        "a base backup",
                        () -> sidecar.list().stream()
                                .anyMatch(entry -> entry.path("name").asText().endsWith("-basebackup.tar.gz")));
                archiving.switchSegment();
                sidecar.await("all is archived", archiving::drained);
                refusals(sidecar, ca);
                Run boot = boot(
                        sidecar,
                        Map.of(
                                "MGNLBACKUP_CA_FILE", ca.certificate().toString(),
                                "MGNLBACKUP_CLIENT_CERT_FILE",
                                        client.certificate().toString(),
                                "MGNLBACKUP_CLIENT_KEY_FILE", client.key().toString()));
                assertThat(boot.exitCode()).as(boot.text()).isZero();
            }
            try (PostgresServer restored = PostgresServer.onRestored(data, Map.of("archive_mode", "off"))) {
                assertThat(restored.psql("postgres", "SELECT count(*) FROM kept"))
                        .isEqualTo("1000");
            }
        } finally {
            Folder.delete(data);
        }
    }

    private void refusals(SidecarProcess sidecar, TestCa ca) throws Exception {
        Run untrusted = boot(sidecar, Map.of());
        assertThat(untrusted.exitCode()).isEqualTo(1);
        assertThat(untrusted.text())
                .contains(
                        "at https://127.0.0.1:" + sidecar.port() + ": nobody who is trusted here", "MGNLBACKUP_CA_FILE")
                .doesNotContain("\tat ");
        Run unknown =
                boot(sidecar, Map.of("MGNLBACKUP_CA_FILE", ca.certificate().toString()));
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.text()).contains("wants a client certificate", "MGNLBACKUP_CLIENT_CERT_FILE");
        try (var files = Files.list(data)) {
            assertThat(files).isEmpty();
        }
    }

    private Run boot(SidecarProcess sidecar, Map<String, String> environment) throws Exception {
        String link = sidecar.uri("/bundle/now?mode=restore").toString();
        List<String> command = new ArrayList<>(List.of("./mgnlbackup", "boot", "--pgdata", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("MGNLBACKUP_DATASOURCE", link);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), text);
    }

    private record Run(int exitCode, String text) {}
}
