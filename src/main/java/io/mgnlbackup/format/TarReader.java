package io.mgnlbackup.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The entries of an archive one after the other; as a stream, the content of the newest. What breaks on the way here is no damage; what
 * cannot be read although it came is, whatever the library makes of it.
 */
final class TarReader extends InputStream {

    /** Of the headers of one entry. The library holds them in memory, and a name may claim to be as long as the archive. */
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private final GzipReader unpacked;
    private final String name;
    private final Headers source;
    private final TarArchiveInputStream tar;
    private boolean begun;

    TarReader(GzipReader unpacked, String name) {
        this.unpacked = unpacked;
        this.name = name;
        this.source = new Headers();
        this.tar = new TarArchiveInputStream(source);
    }

    /** The next entry; what is left of the one before is passed over. */
    Optional<TarArchiveEntry> next() throws IOException {
        if (begun) {
            transferTo(OutputStream.nullOutputStream());
        }
        begun = true;
        source.left = MOST_HEADER_BYTES;
        try {
            return Optional.ofNullable(tar.getNextEntry());
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        } finally {
            source.left = Long.MAX_VALUE;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return tar.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        }
    }

    private IOException failure(Exception e) {
        if (unpacked.sourceHasFailed() && e instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        boolean known = unpacked.sourceHasFailed() || e instanceof FormatException;
        return known && e instanceof IOException failed
                ? failed
                : new FormatException("'" + name + "' is damaged: " + e.getMessage());
    }

    /** What the library reads from. */
    private final class Headers extends FilterInputStream {

        private long left = Long.MAX_VALUE;

        Headers() {
            super(unpacked);
        }

        @Override
        public int read() throws IOException {
            take(1);
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            take(length);
            return super.read(target, offset, length);
        }

        @Override
        public long skip(long count) throws IOException {
            take(count);
            return super.skip(count);
        }

        private void take(long count) throws FormatException {
            if (count > left) {
                throw new FormatException("'" + name + "' is damaged: a header in it has no end");
            }
            left -= left == Long.MAX_VALUE ? 0 : count;
        }
    }
}
