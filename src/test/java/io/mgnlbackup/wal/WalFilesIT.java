package io.mgnlbackup.wal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.WalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running sidecar takes from its archive folder, and what it leaves there. */
class WalFilesIT {

    private static final String THIRD = "000000010000000000000003";
    private static final String FOURTH = "000000010000000000000004";
    private static final String FIFTH = "000000010000000000000005";

    @TempDir
    private Path folder;

    private Path sync;
    private SidecarProcess sidecar;

    @BeforeEach
    void start() throws IOException {
        sync = Files.createDirectory(folder.resolve("sync"));
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "exit 1"));
        settings.put("USE_PG_WAL", "true");
        settings.put("SYNC_DIR", sync.toString());
        sidecar = SidecarProcess.start(folder, settings);
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    @Test
    void aHalfCopiedSegmentIsLeftAloneUntilItIsWhole() throws IOException {
        byte[] whole = WalFiles.segment(THIRD, WalFiles.SYSTEM, 1);
        Files.write(sync.resolve(THIRD), Arrays.copyOf(whole, 400_000));
        put(FOURTH, WalFiles.SYSTEM, 2);
        awaitArchived(FOURTH);
        put(FIFTH, WalFiles.SYSTEM, 3);
        awaitArchived(FIFTH);
        assertThat(waiting()).containsExactly(THIRD);
        assertThat(sidecar.metric("mgnlbackup_wal_waiting_files")).isEqualTo(1);
        Files.write(sync.resolve(THIRD), whole);
        awaitArchived(THIRD);
        sidecar.await("it is deleted", () -> waiting().isEmpty());
    }

    @Test
    void otherFilesOfAnArchiveAreToldApart() throws IOException {
        put(THIRD, WalFiles.SYSTEM, 1);
        Files.writeString(sync.resolve(THIRD + ".00000028.backup"), WalFiles.backupHistory(THIRD));
        Files.writeString(sync.resolve("00000002.history"), "1\t0/400000\tno recovery target specified\n");
        Files.write(sync.resolve(FOURTH + ".partial"), WalFiles.segment(FOURTH, WalFiles.SYSTEM, 4));
        Files.writeString(sync.resolve("notes.txt"), "not WAL");
        Files.writeString(sync.resolve("." + FIFTH + ".archiving"), "a name of archive-wal");
        for (String file : List.of(THIRD, THIRD + ".00000028.backup", "00000002.history", FOURTH + ".partial")) {
            awaitArchived(file);
        }
        sidecar.await("all is taken that is WAL", () -> waiting().size() == 2);
        assertThat(waiting()).containsExactly("." + FIFTH + ".archiving", "notes.txt");
        assertThat(entry("00000002.history").at("/tags/timeline_history").asText())
                .isEqualTo("1:0/400000");
        assertThat(entry(THIRD + ".00000028.backup").at("/tags/stop_lsn").asText())
                .isEqualTo("0/300100");
        JsonNode segment = entry(THIRD);
        assertThat(segment.at("/tags/system_identifier").asText()).isEqualTo(Long.toString(WalFiles.SYSTEM));
        assertThat(segment.at("/tags/variant").asText()).isEqualTo("tx_log_archiving");
        assertThat(segment.at("/tags/wal_first").asText()).isEqualTo(THIRD);
        assertThat(segment.get("name").asText()).matches("test-[0-9-]{17}-" + THIRD + "-txlog\\.tar\\.gz");
    }

    @Test
    void aSegmentOfAnotherClusterIsRefusedAndStays() throws IOException {
        put(THIRD, WalFiles.SYSTEM, 1);
        awaitArchived(THIRD);
        put(FOURTH, 42, 1);
        sidecar.await(
                "it is refused",
                () -> sidecar.log().contains("'" + FOURTH + "' is of the cluster with the system identifier 42"));
        put(FIFTH, WalFiles.SYSTEM, 1);
        awaitArchived(FIFTH);
        assertThat(waiting()).containsExactly(FOURTH);
        assertThat(sidecar.metric("mgnlbackup_wal_broken_files")).isEqualTo(1);
        assertThat(sidecar.metric("mgnlbackup_wal_errors_total")).isPositive();
    }

    @Test
    void theSameSegmentAgainIsFineAndADifferentOneIsRefused() throws IOException {
        put(THIRD, WalFiles.SYSTEM, 1);
        awaitArchived(THIRD);
        sidecar.await("it is deleted", () -> waiting().isEmpty());
        String before = entry(THIRD).toString().replaceAll("\"link\":\"[^\"]*\"", "");

        Path again = Files.write(folder.resolve("again"), WalFiles.segment(THIRD, WalFiles.SYSTEM, 1));
        Files.setLastModifiedTime(again, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        Files.move(again, sync.resolve(THIRD), StandardCopyOption.ATOMIC_MOVE);
        sidecar.await("it is deleted", () -> waiting().isEmpty());

        put(THIRD, WalFiles.SYSTEM, 2);
        sidecar.await(
                "it is refused", () -> sidecar.log().contains("'" + THIRD + "' differs from the file of this name"));
        assertThat(waiting()).containsExactly(THIRD);
        assertThat(sidecar.list().stream().filter(entry -> file(entry).equals(THIRD)))
                .hasSize(1);
        assertThat(entry(THIRD).toString().replaceAll("\"link\":\"[^\"]*\"", ""))
                .isEqualTo(before);
        assertThat(sidecar.metric("mgnlbackup_wal_errors_total")).isEqualTo(1);
        assertThat(sidecar.metric("mgnlbackup_wal_broken_files")).isEqualTo(1);
        assertThat(sidecar.log())
                .containsOnlyOnce("differs from the file of this name")
                .doesNotContain("FatalFallback");
    }

    @Test
    void aStoreThatIsDownIsTriedNowAndThenAndTheBacklogDrainsWhenItIsBack() throws IOException {
        put(THIRD, WalFiles.SYSTEM, 1);
        awaitArchived(THIRD);
        Path store = folder.resolve("store");
        Path away = Files.move(store, folder.resolve("away"));
        for (int i = 4; i < 10; i++) {
            put("00000001000000000000000" + i, WalFiles.SYSTEM, i);
        }
        sidecar.await("a longer pause", () -> sidecar.log().contains("next try in 4 s"));
        assertThat(sidecar.metric("mgnlbackup_wal_errors_total")).isLessThan(30);
        assertThat(sidecar.log()).doesNotContain("FatalFallback");
        assertThat(waiting()).hasSize(6);
        Files.move(away, store);
        awaitArchived("000000010000000000000009");
        sidecar.await("all is taken", () -> waiting().isEmpty());
    }

    @Test
    void aFolderThatIsGoneIsToldAndTakenUpAgain() throws IOException {
        Files.delete(sync);
        sidecar.await("it is told", () -> sidecar.log().contains("cannot read the archive folder"));
        sidecar.await("health says so", () -> sidecar.get("/health/ready").statusCode() == 503);
        assertThat(sidecar.get("/health/ready").body()).contains("the archive folder", "is not there");
        Files.createDirectory(sync);
        put(THIRD, WalFiles.SYSTEM, 1);
        awaitArchived(THIRD);
    }

    /** As archive-wal does: whole, in one step. */
    private void put(String name, long system, int noise) throws IOException {
        Path file = Files.write(folder.resolve("next"), WalFiles.segment(name, system, noise));
        Files.move(file, sync.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitArchived(String name) {
        sidecar.await(
                name + " is archived",
                () -> sidecar.list().stream().anyMatch(entry -> file(entry).equals(name)));
    }

    private JsonNode entry(String name) {
        return sidecar.list().stream()
                .filter(entry -> file(entry).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String file(JsonNode entry) {
        return entry.at("/tags/wal_file").asText();
    }

    private List<String> waiting() throws IOException {
        try (Stream<Path> files = Files.list(sync)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
