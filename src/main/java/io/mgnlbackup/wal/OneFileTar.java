package io.mgnlbackup.wal;

import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.Sha256;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar archive with one file in it, made while it is read. It fails at its end when the file is not the one that was looked at before. */
final class OneFileTar {

    private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

    private OneFileTar() {}

    static Payload of(WalFile file) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(file.name().text());
        entry.setSize(file.bytes());
        entry.setMode(0600);
        entry.setModTime(Date.from(file.modified()));
        byte[] header = new byte[RECORD];
        entry.writeEntryHeader(header);
        byte[] end = new byte[(int) (Math.floorMod(-file.bytes(), (long) RECORD) + 2 * RECORD)];
        InputStream content = new SameFile(Files.newInputStream(file.path()), file);
        return Payload.ofUnknownLength(new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(header), content, new ByteArrayInputStream(end)))));
    }

    /** Compares what is read with what was read before. */
    private static final class SameFile extends FilterInputStream {

        private final WalFile file;
        private final MessageDigest digest = Sha256.begin();
        private boolean ended;

        SameFile(InputStream in, WalFile file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                digest.update(buffer, offset, read);
            } else if (read < 0 && !ended) {
                ended = true;
                if (!Sha256.end(digest).equals(file.sha256())) {
                    throw new IOException("'" + file.name().text() + "' changed while it was read");
                }
            }
            return read;
        }
    }
}
