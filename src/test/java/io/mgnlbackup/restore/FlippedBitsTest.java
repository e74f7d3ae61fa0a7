package io.mgnlbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.compress.Compression;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.format.BundleDocument;
import io.mgnlbackup.format.GzipSeal;
import io.mgnlbackup.postgres.RecoverySettings.TargetAction;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.Sha256;
import io.mgnlbackup.testing.WalFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One bit of one object is another, anywhere: boot names the object and leaves nothing. Without servers, so that it can try many. */
class FlippedBitsTest {

    private static final String SEGMENT = "000000010000000000000003";
    private static final String BASE = "test-2026-03-01-000000-basebackup.tar.gz";
    private static final String META = "test-2026-03-01-000000-bundle.json.gz";
    private static final String WAL = "test-2026-03-01-000001-" + SEGMENT + "-txlog.tar.gz";
    private static final String HISTORY = "test-2026-03-01-000002-00000002.history-txlog.tar.gz";

    @TempDir
    private Path folder;

    private final Compression compression = new Compression(new Settings.Compression(6, 1, true));
    private final List<BundleDocument.Item> items = new ArrayList<>();

    @BeforeEach
    void store() throws IOException {
        byte[] base = compressed(
                tar(Map.of(
                        "PG_VERSION", bytes("15\n"),
                        "backup_label", bytes("START WAL LOCATION: 0/300028 (file " + SEGMENT + ")\n"),
                        "postgresql.auto.conf", bytes("# none\n"),
                        "global/pg_control", WalFiles.segment(SEGMENT, WalFiles.SYSTEM, 1))),
                false);
        add(BASE, base, Map.of());
        byte[] meta = bytes(
                "{\"base_backup\":\"%s\",\"sha256\":\"%s\",\"start_wal\":\"%s\"}".formatted(BASE, sum(base), SEGMENT));
        add(
                META,
                sealed(meta),
                Map.of(
                        ArchiveTags.PARENT,
                        BASE,
                        ArchiveTags.SHA256,
                        sum(base),
                        ArchiveTags.FIRST,
                        SEGMENT,
                        ArchiveTags.VERSION,
                        "15",
                        ArchiveTags.TAR_BYTES,
                        "100",
                        ArchiveTags.SEGMENT_BYTES,
                        "1048576"));
        addWal(WAL, SEGMENT, WalFiles.segment(SEGMENT, WalFiles.SYSTEM, 2));
        addWal(HISTORY, "00000002.history", bytes("1\t0/400000\tno recovery target specified\n"));
    }

    @AfterEach
    void close() {
        compression.close();
    }

    private void addWal(String name, String file, byte[] content) throws IOException {
        add(
                name,
                compressed(tar(Map.of(file, content)), true),
                Map.of(ArchiveTags.FILE, file, ArchiveTags.SHA256, sum(content)));
    }

    private void add(String name, byte[] stored, Map<String, String> tags) throws IOException {
        Path file = Files.write(folder.resolve(name), stored);
        Map<String, String> all = new HashMap<>(tags);
        all.put(ArchiveTags.SEALED, ArchiveTags.SEALED_WITH);
        items.add(new BundleDocument.Item(file.toUri().toString(), name, "2026-03-01T00:00:00Z", stored.length, all));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sum(byte[] bytes) {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        return Sha256.end(digest);
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private byte[] compressed(byte[] plain, boolean serially) throws IOException {
        Payload payload = Payload.ofUnknownLength(new ByteArrayInputStream(plain));
        try (Payload out = serially ? compression.compressSerially(payload) : compression.compress(payload)) {
            return out.stream().readAllBytes();
        }
    }

    private static byte[] sealed(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        out.write(GzipSeal.of(plain, out.toByteArray()).member());
        return out.toByteArray();
    }

    private BootOutcome boot() throws IOException {
        Path bundle = folder.resolve("restore.json");
        new ObjectMapper().writeValue(bundle.toFile(), new BundleDocument(items, "2026-03-01T00:00:00Z", 1, null));
        return new BootJob(new BootRequest(bundle.toUri(), folder.resolve("data"), TargetAction.PROMOTE, 2), read -> {})
                .run();
    }

    @Test
    void whatIsWholeIsRestored() throws IOException {
        assertThat(boot().restored()).isTrue();
        assertThat(folder.resolve("data/PG_VERSION")).hasContent("15\n");
    }

    @ParameterizedTest
    @CsvSource({BASE + ", 24", META + ", 60", WAL + ", 24", HISTORY + ", 60"})
    void aFlippedBitIsFoundNamedAndLeavesNothing(String name, int places) throws IOException {
        Path file = folder.resolve(name);
        byte[] good = Files.readAllBytes(file);
        for (int place : IntStream.range(0, places)
                .map(i -> (int) ((long) i * (good.length - 1) / (places - 1)))
                .toArray()) {
            byte[] bad = good.clone();
            bad[place] ^= (byte) (1 << (place % 8));
            Files.write(file, bad);
            assertThatThrownBy(this::boot)
                    .as("byte %d of %d", place, good.length)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("cannot restore into ")
                    .hasMessageContaining("'" + name + "'");
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    /** As damage makes of a name, before the checksum at the end is reached. */
    @ParameterizedTest
    @ValueSource(strings = {"./", "../outside", "base/\u0007"})
    void anEntryThatNoClusterHasNamesTheObject(String entry) throws IOException {
        items.removeIf(item -> item.name().equals(BASE));
        add(BASE, compressed(tar(Map.of(entry, bytes(""))), false), Map.of());
        assertThatThrownBy(this::boot)
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cannot restore into ")
                .hasMessageContaining("'" + BASE + "' is damaged, or the base backup of something else: it holds ");
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(folder.resolve("outside")).doesNotExist();
    }
}
