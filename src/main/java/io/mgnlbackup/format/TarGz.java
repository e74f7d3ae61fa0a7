package io.mgnlbackup.format;

import io.mgnlbackup.store.Sha256;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads a compressed archive to its very end, and only then calls it good. */
public final class TarGz {

    private static final int BUFFER_BYTES = 64 * 1024;

    private TarGz() {}

    /** Takes what is in an archive, in its order. */
    public interface Sink {

        /**
         * A file or folder.
         *
         * @param content of the file, to be read as far as it is wanted
         */
        void entry(TarArchiveEntry entry, InputStream content) throws IOException;
    }

    /**
     * Reads an archive.
     *
     * @param name for errors
     * @param sha256 of the bytes as they are stored; empty when nobody knows
     * @throws FormatException when it is damaged, at its end at the latest
     */
    public static void read(InputStream stored, String name, Optional<String> sha256, Sink sink) throws IOException {
        MessageDigest digest = Sha256.begin();
        InputStream summed = new BufferedInputStream(new DigestInputStream(stored, digest), BUFFER_BYTES);
        try {
            GZIPInputStream unpacked = new GZIPInputStream(summed, BUFFER_BYTES);
            TarArchiveInputStream tar = new TarArchiveInputStream(unpacked);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                sink.entry(entry, tar);
            }
            unpacked.transferTo(OutputStream.nullOutputStream()); // where the checksum of gzip is
        } catch (ZipException e) {
            throw new FormatException("'" + name + "' is damaged: " + e.getMessage());
        } catch (EOFException e) {
            throw new FormatException("'" + name + "' is cut off: " + e.getMessage());
        }
        summed.transferTo(OutputStream.nullOutputStream());
        String found = Sha256.end(digest);
        if (sha256.isPresent() && !sha256.get().equals(found)) {
            throw new FormatException(
                    "'" + name + "' is not what was stored: its SHA-256 is " + found + ", and it was " + sha256.get());
        }
    }
}
