package io.mgnlbackup.wal;

import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.WatchedStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.zip.CRC32C;
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
    private static final class SameFile extends WatchedStream {

        private final WalFile file;
        private final CRC32C sum = new CRC32C();

        SameFile(InputStream in, WalFile file) {
            super(in);
            this.file = file;
        }

        @Override
        protected void saw(byte[] buffer, int offset, int length) {
            sum.update(buffer, offset, length);
        }

        @Override
        protected void sawEnd() throws IOException {
            if (sum.getValue() != file.crc32c()) {
                throw new IOException("'" + file.name().text() + "' changed while it was read");
            }
        }
    }
}
