package io.mgnlbackup.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CompressionTest {

    private static final int BLOCK = Block.INPUT_BYTES;

    @TempDir
    private Path folder;

    /** How many threads stand for the reader's own, with zlib and with libdeflate. */
    private static final int READER = 0;

    private static final int READER_LIBDEFLATE = -1;

    private static InputStream gzip(InputStream source, int level, int threads) {
        Compression compression =
                new Compression(new Settings.Compression(level, Math.max(1, threads), threads == READER_LIBDEFLATE));
        Payload payload = Payload.ofUnknownLength(source);
        return (threads <= READER ? compression.compressSerially(payload) : compression.compress(payload)).stream();
    }

    static Stream<Integer> sizes() {
        return Stream.of(0, 1, 100, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 7 * BLOCK + 12345, 40 * BLOCK);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void givesBackEveryByte(int size) throws IOException {
        for (byte[] data : new byte[][] {text(size), random(size), new byte[size]}) {
            for (int threads : new int[] {READER, READER_LIBDEFLATE, 1, 2, 4}) {
                for (int level : new int[] {1, 6, 9}) {
                    byte[] file = gzip(new ByteArrayInputStream(data), level, threads)
                            .readAllBytes(); // Java takes a pause between two members for the end
                    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
                        assertThat(Arrays.equals(in.readNBytes(size + 1), data)).isTrue();
                    }
                }
            }
        }
    }

    static Stream<Arguments> sizesAndThreads() {
        return sizes().flatMap(
                        size -> Stream.of(READER, READER_LIBDEFLATE, 2).map(threads -> Arguments.of(size, threads)));
    }

    @ParameterizedTest
    @MethodSource("sizesAndThreads")
    void isReadByTheRealGunzipWithoutAComplaint(int size, int threads) throws IOException, InterruptedException {
        byte[] data = text(size);
        Path file = folder.resolve("data.gz");
        try (InputStream in = gzip(new ByteArrayInputStream(data), 6, threads)) {
            Files.copy(in, file);
        }
        Process gunzip = new ProcessBuilder("gunzip", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(gunzip.getInputStream()).isEmpty();
        assertThat(gunzip.waitFor()).isZero();
        assertThat(folder.resolve("data")).hasBinaryContent(data);
    }

    @Test
    void blocksCostAlmostNothingInSize() throws IOException {
        byte[] data = text(40 * BLOCK);
        long parallel = gzip(new ByteArrayInputStream(data), 6, 2).transferTo(java.io.OutputStream.nullOutputStream());
        long single = new java.util.zip.DeflaterInputStream(
                        new ByteArrayInputStream(data), new java.util.zip.Deflater(6, true))
                .transferTo(java.io.OutputStream.nullOutputStream());
        assertThat(parallel).isLessThan(single + single / 100);
    }

    @ParameterizedTest
    @CsvSource({
        "0,2",
        "1,2",
        "100000,2",
        "131072,2",
        "131073,2",
        "2000000,2",
        "0,0",
        "1,0",
        "65536,0",
        "65537,0",
        "2000000,0",
        "0,-1",
        "1,-1",
        "262144,-1", // the end of a member
        "262145,-1",
        "2000000,-1"
    })
    void aSourceThatFailsNeverMakesACompleteMember(int size, int threads) throws IOException {
        IOException broken = new IOException("the dump failed");
        InputStream source = new SequenceInputStream(new ByteArrayInputStream(text(size)), new FailingStream(broken));
        Path file = folder.resolve("data.gz");
        InputStream in = gzip(source, 6, threads);
        assertThatThrownBy(() -> Files.copy(in, file)).isSameAs(broken);
        assertThatThrownBy(in::read).as("and goes on failing").isSameAs(broken);
        if (Files.size(file) > 0) {
            assertThatThrownBy(() -> new GZIPInputStream(Files.newInputStream(file))
                            .transferTo(java.io.OutputStream.nullOutputStream()))
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {READER, READER_LIBDEFLATE, 2})
    void closingInTheMiddleClosesTheSourceOnceAndEndsTheStream(int threads) throws IOException {
        AtomicInteger closed = new AtomicInteger();
        InputStream source = new java.io.FilterInputStream(new ByteArrayInputStream(random(40 * BLOCK))) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        InputStream in = gzip(source, 6, threads);
        assertThat(in.readNBytes(300_000)).hasSize(300_000);
        in.close();
        in.close();
        assertThat(closed).hasValue(1);
        assertThatThrownBy(() -> in.transferTo(java.io.OutputStream.nullOutputStream()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void usesTheLibraryThatIsInstalled() throws IOException {
        assertThat(Libdeflate.defect()).as("see script/install-test-deps").isEmpty();
        byte[] data = text(40 * BLOCK);
        byte[] members =
                gzip(new ByteArrayInputStream(data), 6, READER_LIBDEFLATE).readAllBytes();
        byte[] one = gzip(new ByteArrayInputStream(data), 6, READER).readAllBytes();
        assertThat(headers(members)).as("one for each block").isEqualTo(40 * BLOCK / MembersInputStream.BLOCK_BYTES);
        assertThat(headers(one)).isEqualTo(1);
        assertThat(members.length).as("as small as zlib's").isLessThan(one.length + one.length / 50);
    }

    /** How often the header of libdeflate or of this program stands somewhere. */
    private static int headers(byte[] file) {
        String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.split("\u001f\u008b\u0008\u0000", -1).length - 1;
    }

    @Test
    void readsNoFurtherAheadThanItsMemoryAllows() throws IOException {
        CountingZeros source = new CountingZeros();
        Compression compression = new Compression(new Settings.Compression(6, 2, true));
        InputStream in = compression.compress(Payload.ofUnknownLength(source)).stream();
        for (int i = 0; i < 1_000; i++) {
            assertThat(in.read()).isNotEqualTo(-1);
        }
        assertThat(source.read).isLessThan(100L * BLOCK); // zeros shrink a thousand times
        assertThat(compression.memoryBytes()).isLessThan(4L * 300_000);
        in.close();
    }

    private static byte[] random(int size) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        return data;
    }

    private static byte[] text(int size) {
        Random random = new Random(size);
        StringBuilder text = new StringBuilder(size + 100);
        while (text.length() < size) {
            text.append("INSERT INTO orders VALUES (")
                    .append(random.nextInt(1000))
                    .append(", 'customer ")
                    .append(random.nextInt(100_000))
                    .append("');\n");
        }
        return text.substring(0, size).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static final class FailingStream extends InputStream {

        private final IOException failure;

        FailingStream(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw failure;
        }
    }

    private static final class CountingZeros extends InputStream {

        private long read;

        @Override
        public int read() {
            read++;
            return 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            java.util.Arrays.fill(buffer, offset, offset + length, (byte) 0);
            read += length;
            return length;
        }
    }
}
