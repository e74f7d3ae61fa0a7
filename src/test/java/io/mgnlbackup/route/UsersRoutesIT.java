package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's files replace and add routes; the files here are those of docs/routes.md. */
class UsersRoutesIT {

    @TempDir
    private Path folder;

    private Map<String, String> settings(String script) throws IOException {
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), script));
        settings.put(
                "ROUTES_DIR", Files.createDirectories(folder.resolve("routes")).toString());
        return settings;
    }

    @Test
    void anAddedFileIsToldWhenABackupSucceedsOrFails() throws IOException {
        Map<String, String> settings = settings("echo row; test ! -e " + folder.resolve("broken"));
        Files.writeString(folder.resolve("routes/notify.camel.yaml"), """
                - route:
                    id: tell-success
                    description: Say in the log that a backup succeeded.
                    from:
                      uri: direct:backup-succeeded
                      steps:
                        - log: "well done: ${body.name} has ${body.size} bytes"
                - route:
                    id: tell-failure
                    description: Say in the log that a backup failed.
                    from:
                      uri: direct:backup-failed
                      steps:
                        - log: "too bad: ${body.message}"
                """);
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("success is told", () -> sidecar.log().contains("well done: test-"));
            Files.createFile(folder.resolve("broken"));
            assertThat(sidecar.dump().statusCode()).isEqualTo(500);
            sidecar.await("failure is told", () -> sidecar.log().contains("too bad: "));
        }
    }

    @Test
    void aListenerThatFailsDoesNotMakeTheBackupFail() throws IOException {
        Map<String, String> settings = settings("echo row");
        Files.writeString(folder.resolve("routes/notify.camel.yaml"), """
                - route:
                    id: fail-always
                    description: Fail.
                    from:
                      uri: direct:backup-succeeded
                      steps:
                        - throwException: { exceptionType: java.lang.IllegalStateException, message: no }
                """);
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("caught up", () -> sidecar.list().size() == 1);
            assertThat(sidecar.dump().statusCode()).isEqualTo(200);
            assertThat(sidecar.metric("mgnlbackup_errors")).isZero();
        }
    }

    @Test
    void aFileOfTheSameNameReplacesABuiltInOne() throws IOException {
        Map<String, String> settings = settings("echo not this");
        Files.writeString(folder.resolve("routes/schedule.camel.yaml"), """
                - route:
                    id: schedule-backup
                    description: Take no backup by itself; prepare the store.
                    from:
                      uri: timer:once?repeatCount=1&delay=0
                      steps:
                        - bean: { ref: storeStart, method: prepare }
                        - log: "no schedule here"
                """);
        String dump = Files.readString(Path.of("src/main/resources/routes/dump.camel.yaml"));
        Files.writeString(
                folder.resolve("routes/dump.camel.yaml"),
                dump.replace("        - bean: { ref: dumpCommands, method: configured }\n", "")
                        .replace("uri: exec:dump", "uri: exec:echo"));
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("the user's route runs", () -> sidecar.log().contains("no schedule here"));
            assertThat(sidecar.list()).isEmpty();
            assertThat(sidecar.dump().statusCode()).isEqualTo(200);
            String link = sidecar.list().get(0).get("link").asText();
            String path = link.substring(link.indexOf("/files/"));
            assertThat(sidecar.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFileThatIsNoRouteStopsTheStartAndIsNamed() throws IOException {
        Map<String, String> settings = settings("echo row");
        Files.writeString(
                folder.resolve("routes/broken.camel.yaml"), "- route: { from: { uri: 'nothing:x', steps: [ ] } }\n");
        try (SidecarProcess sidecar = SidecarProcess.launch(folder, settings)) {
            assertThat(sidecar.awaitEnd()).isEqualTo(1);
            assertThat(sidecar.log()).contains("MGNLBACKUP_ROUTES_DIR").doesNotContain("\tat ");
        }
    }
}
