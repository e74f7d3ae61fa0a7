package io.mgnlbackup.basebackup;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Looks at a tar archive that goes by in pieces of any length, and tells what is in it; keeps no more than one header. The library reads
 * archives, but pulls them: here somebody else pulls.
 */
final class TarScanner {

    private static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

    private final Listener listener;
    private final byte[] header = new byte[RECORD];
    private int headerBytes;
    private long contentLeft;
    private long paddingLeft;
    private int emptyRecords;
    private boolean ended;

    /** Is told what an archive holds, in its order. */
    interface Listener {

        /** A file or folder begins. */
        void entry(String name, long size) throws IOException;

        /** Some bytes of the file that began last. */
        void content(byte[] buffer, int offset, int length) throws IOException;
    }

    TarScanner(Listener listener) {
        this.listener = listener;
    }

    /** The next bytes of the archive. */
    void feed(byte[] buffer, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end && !ended) {
            int left = end - at;
            if (contentLeft > 0) {
                int step = (int) Math.min(left, contentLeft);
                listener.content(buffer, at, step);
                contentLeft -= step;
                at += step;
            } else if (paddingLeft > 0) {
                int step = (int) Math.min(left, paddingLeft);
                paddingLeft -= step;
                at += step;
            } else {
                int step = Math.min(left, RECORD - headerBytes);
                System.arraycopy(buffer, at, header, headerBytes, step);
                headerBytes += step;
                at += step;
                if (headerBytes == RECORD) {
                    headerBytes = 0;
                    header();
                }
            }
        }
    }

    private void header() throws IOException {
        if (isEmpty()) {
            emptyRecords++;
            ended = emptyRecords == 2;
            return;
        }
        emptyRecords = 0;
        TarArchiveEntry entry;
        try {
            entry = new TarArchiveEntry(header);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new IOException("it is no tar archive: " + e.getMessage(), e);
        }
        if (!entry.isCheckSumOK()) {
            throw new IOException("it is no tar archive: a header has a wrong checksum");
        }
        contentLeft = entry.isLink() || entry.isSymbolicLink() ? 0 : entry.getSize();
        paddingLeft = Math.floorMod(-contentLeft, (long) RECORD);
        listener.entry(entry.getName(), contentLeft);
    }

    private boolean isEmpty() {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the archive has come to its end mark. */
    boolean ended() {
        return ended;
    }
}
