package io.mgnlbackup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A backup that is not whole is never seen: whatever breaks, nothing is listed, nothing is left behind, older backups stay, the error counter
 * rises, and log and answer say why. For every store the same.
 */
abstract class NothingIncompleteContract {

    /** More than two parts of an upload, compressed: random bytes do not shrink. */
    private static final String MUCH = "head -c 20000000 /dev/urandom";

    /** Seconds to sleep that nobody else's process has, not even one of another class of tests that runs at the same time. */
    private static final String HANGS =
            Long.toString(1_000_000_000L + ProcessHandle.current().pid());

    private static final String HANGS_TOO =
            Long.toString(2_000_000_000L + ProcessHandle.current().pid());

    @TempDir
    private Path folder;

    private Path script;

    /** Settings of the store. */
    abstract Map<String, String> store();

    /** Names of all that is in the store: objects, uploads that are under way, temporary files. */
    abstract List<String> everythingInTheStore() throws IOException;

    @BeforeEach
    void aScriptThatWorks() throws IOException {
        script = Files.writeString(folder.resolve("dump.sh"), "echo good");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        "exit code at the end",
                        MUCH + "; echo 'relation is gone' >&2; exit 3",
                        "exit code 3",
                        "relation is gone"),
                Arguments.of("killed half-way", MUCH + "; kill -9 $$", "signal", ""),
                Arguments.of("empty output", "echo 'no such database' >&2", "nothing", "no such database"),
                Arguments.of("timeout", "sleep " + HANGS + " & " + MUCH + "; sleep " + HANGS_TOO, "timeout", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aDumpThatFailsLeavesNothing(String name, String failing, String error, String detail) throws IOException {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("DUMP_TIMEOUT", "4s");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            List<String> before = afterTheFirstBackup(sidecar);
            Files.writeString(script, failing);
            HttpResponse<String> answer = sidecar.dump();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
            JsonNode body = SidecarProcess.json(answer);
            assertThat(body.get("error").asText()).contains(error);
            if (!detail.isEmpty()) {
                assertThat(body.get("detail").asText()).contains(detail);
                assertThat(sidecar.log()).contains(detail);
            }
            assertThat(sidecar.log()).contains(error);
            assertThat(sidecar.metric("mgnlbackup_errors")).isEqualTo(1);
            assertThat(everythingInTheStore()).isEqualTo(before);
            assertThat(sidecar.list()).hasSize(1);
            assertThat(ProcessHandle.allProcesses()
                            .flatMap(process -> process.info().arguments().stream())
                            .map(List::of))
                    .as("the whole process tree is gone")
                    .noneMatch(arguments -> arguments.contains(HANGS) || arguments.contains(HANGS_TOO));
        }
    }

    @Test
    void aSidecarKilledHalfWayLeavesNothingAfterTheNextStart() throws IOException {
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings())) {
            afterTheFirstBackup(sidecar);
            Files.writeString(script, MUCH + "; sleep 600");
            sidecar.send("POST", "/dump", Map.of(), "");
            sidecar.await("half of it is sent", () -> sidecar.metric("mgnlbackup_streamed_bytes_total") > 20_000_000);
            sidecar.kill();
        }
        Files.writeString(script, "echo good");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings())) {
            sidecar.await("ready", () -> sidecar.get("/health/ready").statusCode() == 200);
            sidecar.await(
                    "cleaned",
                    () -> everythingInTheStore().stream()
                                    .filter(name -> !name.startsWith("."))
                                    .count()
                            == 1);
            assertThat(sidecar.list()).hasSize(1);
            assertThat(sidecar.dump().statusCode()).isEqualTo(200);
            assertThat(sidecar.list()).hasSize(2);
        }
    }

    final Map<String, String> settings() {
        return SidecarProcess.settings(store(), ". " + script);
    }

    final Path folder() {
        return folder;
    }

    final void script(String text) throws IOException {
        Files.writeString(script, text);
    }

    final List<String> afterTheFirstBackup(SidecarProcess sidecar) throws IOException {
        sidecar.await("the first backup", () -> sidecar.list().size() == 1);
        sidecar.await("it has ended", () -> sidecar.metric("mgnlbackup_running") == 0);
        return everythingInTheStore();
    }
}
