package io.mgnlbackup.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.format.Expected;
import io.mgnlbackup.format.FormatException;
import io.mgnlbackup.format.GzipReader;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.testing.Tool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of the compression, read by our reader and by others. */
class SealTest {

    private static final Expected SEALED = new Expected("a.sql.gz", Optional.empty(), true);

    private final Compression compression = new Compression(new Settings.Compression(6, 2, true));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        compression.close();
    }

    private byte[] stored(byte[] plain, boolean serially) throws IOException {
        Payload payload = Payload.ofUnknownLength(new ByteArrayInputStream(plain));
        try (Payload compressed = serially ? compression.compressSerially(payload) : compression.compress(payload)) {
            return compressed.stream().readAllBytes();
        }
    }

    private static byte[] plain(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(7);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) "0123456789 row\n".charAt(random.nextInt(15));
        }
        return bytes;
    }

    private static byte[] read(byte[] stored) throws IOException {
        try (GzipReader reader = new GzipReader(new ByteArrayInputStream(stored), "a.sql.gz")) {
            byte[] plain = reader.readAllBytes();
            reader.isProven(SEALED);
            return plain;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 131_072, 131_073, 1_000_000})
    void aSealedObjectGivesBackWhatWentIn(int length) throws IOException {
        byte[] plain = plain(length);
        assertThat(read(stored(plain, false))).isEqualTo(plain);
        assertThat(read(stored(plain, true))).isEqualTo(plain);
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        for (boolean serially : new boolean[] {false, true}) {
            byte[] stored = stored(plain(500), serially);
            for (int bit = 0; bit < stored.length * 8; bit++) {
                byte[] damaged = stored.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                assertThatThrownBy(() -> read(damaged))
                        .as("bit %d of byte %d of %d", bit % 8, bit / 8, stored.length)
                        .isInstanceOf(FormatException.class)
                        .hasMessageContaining("a.sql.gz");
            }
        }
    }

    @Test
    void everyCutIsFoundAndSoIsEverythingThatFollows() throws IOException {
        byte[] stored = stored(plain(500), false);
        for (int length = 0; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> read(cut)).as("cut to %d", length).isInstanceOf(FormatException.class);
        }
        for (byte[] more : new byte[][] {{0}, "garbage".getBytes(StandardCharsets.UTF_8), stored}) {
            ByteArrayOutputStream longer = new ByteArrayOutputStream();
            longer.writeBytes(stored);
            longer.writeBytes(more);
            assertThatThrownBy(() -> read(longer.toByteArray())).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void whatOthersWroteIsUnpackedAndNotProven() throws IOException {
        byte[] plain = plain(100_000);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        try (GzipReader reader = new GzipReader(
                new SequenceInputStream(
                        new ByteArrayInputStream(gzip.toByteArray()), new ByteArrayInputStream(gzip.toByteArray())),
                "old.sql.gz")) {
            assertThat(reader.readAllBytes()).hasSize(2 * plain.length);
            assertThat(reader.isProven(new Expected("old.sql.gz", Optional.empty(), false)))
                    .isFalse();
            assertThatThrownBy(() -> reader.isProven(SEALED)).hasMessageContaining("no seal");
        }
    }

    @Test
    void theSumsStandInPlainSightAtTheEnd() throws IOException {
        byte[] stored = stored(plain(500), false);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).contains("mgnlbackup bytes=500 sha256=");
    }

    /** Each of them is somebody's way to restore. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gunzip -c FILE",
                "zcat FILE",
                "gzip -t FILE && gzip -dc FILE",
                "pigz -dc FILE",
                "python3 -c 'import gzip,sys; sys.stdout.buffer.write(gzip.open(\"FILE\").read())'"
            })
    void everyOtherGunzipReadsIt(String command) throws IOException {
        byte[] plain = plain(300_000);
        Path file = Files.write(folder.resolve("a.sql.gz"), stored(plain, false));
        Path out = folder.resolve("out");
        Tool.of("sh", "-c", "(" + command.replace("FILE", file.toString()) + ") > " + out)
                .run();
        assertThat(out).hasBinaryContent(plain);
        try (InputStream java = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(java.readAllBytes()).isEqualTo(plain);
        }
    }
}
