package io.mgnlbackup.format;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.fuzz.Tars;
import io.mgnlbackup.postgres.WalFileName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Stored objects, which may be damaged, cut off, or somebody else's. */
public final class FormatFuzz {

    private static final int MOST_BYTES = 1 << 20;

    private FormatFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of(
                "gzip", FormatFuzz::gzip,
                "gzip-flip", FormatFuzz::flipped,
                "gzip-seal", FormatFuzz::sealed,
                "tar-gz", FormatFuzz::tarGz,
                "wal-object", FormatFuzz::walObject,
                "bundle-json", FormatFuzz::bundleJson);
    }

    /** What is read is what Java's own reader finds. */
    static void gzip(byte[] input) throws IOException {
        byte[] ours;
        try (GzipReader reader = new GzipReader(new ByteArrayInputStream(input), "x")) {
            ours = reader.readNBytes(MOST_BYTES);
            if (ours.length == MOST_BYTES) {
                return;
            }
            require(reader.bytes() == ours.length, "bytes are counted", reader.bytes());
        } catch (FormatException e) {
            return;
        }
        try (GZIPInputStream theirs = new GZIPInputStream(new ByteArrayInputStream(input))) {
            require(Arrays.equals(theirs.readNBytes(MOST_BYTES), ours), "both read the same");
        } catch (IOException e) {
            throw new AssertionError("Java cannot read it", e);
        }
    }

    /** A byte that is not what was stored is noticed, or is none of the content. */
    static void flipped(byte[] input) throws IOException {
        byte[] plain = Fuzzed.after(input, 3);
        byte[] stored = packed(plain);
        flip(stored, input);
        try (GzipReader reader = new GzipReader(new ByteArrayInputStream(stored), "x")) {
            require(Arrays.equals(reader.readAllBytes(), plain), "something else is read", plain);
        } catch (FormatException e) {
            require(e.getMessage().startsWith("'x' is "), "a reason", e.getMessage());
        }
    }

    /** With a seal, every other byte is noticed. */
    static void sealed(byte[] input) throws IOException {
        byte[] plain = Fuzzed.after(input, 3);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] packed = packed(plain);
        whole.writeBytes(packed);
        whole.writeBytes(GzipSeal.of(plain, packed).member());
        byte[] stored = whole.toByteArray();
        boolean changed = flip(stored, input);
        boolean noticed;
        try (GzipReader reader = new GzipReader(new ByteArrayInputStream(stored), "x")) {
            reader.transferTo(OutputStream.nullOutputStream());
            noticed = !reader.isProven(new Expected("x", Optional.empty(), true));
        } catch (FormatException e) {
            noticed = true;
        }
        require(noticed == changed, "a change is noticed, and nothing else", changed, noticed, input);
    }

    /** Changes the byte that the first two bytes of the input point to as the third says; tells whether it is another one then. */
    private static boolean flip(byte[] stored, byte[] input) {
        if (input.length < 3) {
            return false;
        }
        int at = (((input[0] & 0xff) << 8) | (input[1] & 0xff)) % stored.length;
        stored[at] ^= input[2];
        return input[2] != 0;
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    /** Any archive is read to its end or refused, with what is in its files. */
    static void tarGz(byte[] input) throws IOException {
        byte[] stored = packed(Tars.withSums(input));
        long[] bytes = new long[1];
        try {
            TarGz.read(
                    new ByteArrayInputStream(stored),
                    new Expected("x", Optional.empty(), false),
                    (entry, content) -> bytes[0] += read(content));
        } catch (FormatException e) {
            require(e.getMessage().startsWith("'x' "), "a reason", e.getMessage());
        }
        require(bytes[0] <= input.length + 1024L, "nothing is made up", bytes[0], input.length);
    }

    private static long read(InputStream content) throws IOException {
        return content.transferTo(OutputStream.nullOutputStream());
    }

    /** Nothing but WAL files comes out. */
    static void walObject(byte[] input) throws IOException {
        byte[] stored = packed(Tars.withSums(input));
        Expected expected = new Expected("x", Optional.empty(), false);
        try {
            PackedWalFile.read(new ByteArrayInputStream(stored), expected, (file, bytes) -> {
                require(WalFileName.of(file).kind() != WalFileName.Kind.OTHER, "a WAL file", file);
                require(bytes >= 0, "a length", bytes);
                return OutputStream.nullOutputStream();
            });
        } catch (FormatException e) {
            require(e.getMessage().startsWith("'"), "a reason", e.getMessage());
        }
    }

    /** What is read as a bundle is written and read again as the same. */
    static void bundleJson(byte[] input) throws IOException {
        ObjectMapper json = new ObjectMapper();
        BundleDocument document;
        try {
            document = json.readValue(input, BundleDocument.class);
        } catch (IOException e) {
            return;
        }
        byte[] written = json.writeValueAsBytes(document);
        require(json.readValue(written, BundleDocument.class).equals(document), "what is written is read", document);
    }
}
