package io.mgnlbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.StoreFolder;
import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionIT {

    private final Instant now = Instant.now();

    @TempDir
    private Path folder;

    private StoreFolder store;
    private List<String> newestFirst;
    private String others;
    private Map<String, String> settings;

    @BeforeEach
    void tenDaysOfBackups() throws IOException {
        store = new StoreFolder(folder.resolve("store"));
        newestFirst = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            newestFirst.add(store.add(now.minus(Duration.ofDays(i)), Map.of()));
        }
        others = store.add(now.minus(Duration.ofDays(400)), Map.of("heritage", "theirs"));
        Files.writeString(folder.resolve("dump.sh"), "echo row");
        settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), ". " + folder + "/dump.sh"));
        settings.put("CYCLE", "3,0,0");
    }

    @Test
    void aSuccessfulBackupDeletesWhatTheCycleDoesNotKeep() {
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            assertThat(sidecar.dump().statusCode()).isEqualTo(200);
            String newest =
                    sidecar.list().get(sidecar.list().size() - 1).get("name").asText();
            assertThat(store.names()).containsExactlyInAnyOrder(newest, newestFirst.get(0), newestFirst.get(1), others);
            assertThat(sidecar.log()).contains("deleting '" + newestFirst.get(9) + "': none of the newest 3 days");
            assertThat(sidecar.metric("mgnlbackup_deleted_total")).isEqualTo(8);
            assertThat(sidecar.list()).hasSize(3);
        }
    }

    @Test
    void aFailedBackupDeletesNothing() throws IOException {
        store.add(now, Map.of()); // nothing to catch up with
        Files.writeString(folder.resolve("dump.sh"), "echo row; exit 1");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            assertThat(sidecar.dump().statusCode()).isEqualTo(500);
            assertThat(store.names()).hasSize(12);
        }
    }

    @Test
    void theCommandPrintsThePlanAndCarriesItOut() throws IOException {
        JsonNode plan = new JsonMapper().readTree(command("retention", "--dry-run", "--output", "json"));
        assertThat(plan).hasSize(10);
        assertThat(plan.path(0).path("name").asText()).isEqualTo(newestFirst.get(0));
        assertThat(plan.path(0).path("reason").asText()).startsWith("the newest, day ");
        assertThat(plan.path(3).path("kept").asBoolean()).isFalse();
        assertThat(store.names()).hasSize(11);
        assertThat(command("retention", "--dry-run")).contains("WOULD BE", newestFirst.get(9), "deleted");
        assertThat(command("retention")).contains("none of the newest 3 days");
        assertThat(store.names()).hasSize(4).contains(others);
    }

    @Test
    void readOnlyModeOnlyPlans() {
        settings.put("READONLY", "true");
        try (SidecarProcess refused = SidecarProcess.launch(folder, settings, "retention")) {
            assertThat(refused.awaitEnd()).isEqualTo(1);
            assertThat(refused.log()).contains("read-only mode deletes nothing", "--dry-run");
        }
        assertThat(store.names()).hasSize(11);
        assertThat(command("retention", "--dry-run")).contains("WOULD BE");
    }

    private String command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Path.of("mgnlbackup").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>();
        settings.forEach((name, value) -> environment.put("MGNLBACKUP_" + name, value));
        return Tool.of(command).environment(environment).run();
    }
}
