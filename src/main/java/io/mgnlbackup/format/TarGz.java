package io.mgnlbackup.format;

import io.mgnlbackup.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Reads a compressed archive to its very end, and only then calls it good. */
public final class TarGz {

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
     * @return whether a checksum or a seal proves that it is what was stored
     * @throws FormatException when it is damaged, at its end at the latest
     */
    public static boolean read(InputStream stored, Expected expected, Sink sink) throws IOException {
        MessageDigest digest = Sha256.begin();
        GzipReader unpacked = new GzipReader(new DigestInputStream(stored, digest), expected.name());
        TarReader tar = new TarReader(unpacked, expected.name());
        for (Optional<TarArchiveEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            sink.entry(entry.get(), tar);
        }
        unpacked.transferTo(OutputStream.nullOutputStream()); // where the checksum of gzip is, and the seal
        String found = Sha256.end(digest);
        if (expected.sha256().isPresent() && !expected.sha256().get().equals(found)) {
            throw new FormatException("'" + expected.name() + "' is not what was stored: its SHA-256 is " + found
                    + ", and it was " + expected.sha256().get());
        }
        boolean sealed = unpacked.isProven(expected);
        return sealed || expected.sha256().isPresent();
    }
}
