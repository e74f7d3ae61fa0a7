package io.mgnlbackup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.process.ProcessTree;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while a backup runs. */
class StopIT {

    @TempDir
    private Path folder;

    @Test
    void aRunningBackupMayEndWithinTheTimeAllowed() throws IOException {
        Path go = folder.resolve("go");
        String script = "echo first; while [ ! -e " + go + " ]; do sleep 0.05; done; echo last";
        try (SidecarProcess sidecar =
                SidecarProcess.start(folder, SidecarProcess.shellDump(folder.resolve("store"), script))) {
            sidecar.await("it runs", () -> sidecar.metric("mgnlbackup_streamed_bytes_total") == 6);
            sidecar.process().destroy();
            sidecar.await(
                    "not ready any more", () -> sidecar.get("/health/ready").statusCode() == 503);
            assertThat(sidecar.dump().statusCode()).isIn(429, 503);
            Files.createFile(go);
            sidecar.awaitEnd();
            assertThat(sidecar.log()).contains("done: 'test-");
        }
        assertThat(visible()).hasSize(1);
    }

    @Test
    void aBackupThatTakesLongerIsAbortedAndLeavesNothing() throws IOException {
        Map<String, String> settings =
                new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "echo first; sleep 600"));
        settings.put("STOP_TIMEOUT", "1s");
        List<ProcessHandle> dump;
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("it runs", () -> sidecar.metric("mgnlbackup_streamed_bytes_total") == 6);
            dump = sidecar.process().descendants().toList();
            assertThat(dump).isNotEmpty();
            sidecar.terminate();
            assertThat(sidecar.log()).contains("the backup was aborted: the sidecar is stopping");
        }
        assertThat(visible()).isEmpty();
        assertThat(dump).noneMatch(ProcessTree::runs);
    }

    private List<String> visible() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }
}
