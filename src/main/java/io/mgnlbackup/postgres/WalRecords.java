package io.mgnlbackup.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The records of one segment in order, across the pages that they are cut into (PostgreSQL manual, "WAL Internals";
 * src/include/access/xlogrecord.h). Of each record only the start is handed out; one page is in memory at a time.
 */
final class WalRecords {

    private static final int SHORT_HEADER = 24;
    private static final int LONG_HEADER = 40;
    private static final int FIRST_IS_CONTINUED = 0x0001;
    private static final int RECORD_HEADER = 24;

    private final InputStream segment;
    private final WalHeader header;
    private final ByteBuffer page;
    private int pages;
    private boolean ended;
    private long toSkip;

    WalRecords(InputStream segment, WalHeader header) throws IOException {
        this.segment = segment;
        this.header = header;
        this.page = ByteBuffer.allocate(header.blockBytes()).order(header.order());
        if (turnPage() && (page.getShort(2) & FIRST_IS_CONTINUED) != 0) {
            toSkip = Integer.toUnsignedLong(page.getInt(16));
        }
    }

    /**
     * Fills the buffer with the start of the next record, as much as fits and no more than the record has.
     *
     * @return false at the end of the segment or of its records
     */
    boolean next(ByteBuffer record) throws IOException {
        if (!skip(toSkip) || !align()) {
            return false;
        }
        record.clear().limit(RECORD_HEADER);
        if (!fill(record)) {
            return false;
        }
        long length = Integer.toUnsignedLong(record.getInt(0));
        if (length < RECORD_HEADER) {
            return false; // zeros: nothing was written behind here
        }
        record.limit((int) Math.min(record.capacity(), length));
        if (!fill(record)) {
            return false;
        }
        toSkip = length - record.limit();
        return true;
    }

    /** Records start at multiples of eight. */
    private boolean align() throws IOException {
        if (page.remaining() == 0 && !turnPage()) {
            return false;
        }
        page.position((page.position() + 7) & ~7);
        return page.remaining() > 0 || turnPage();
    }

    private boolean skip(long count) throws IOException {
        for (long left = count; left > 0; ) {
            if (page.remaining() == 0 && !turnPage()) {
                return false;
            }
            int step = (int) Math.min(left, page.remaining());
            page.position(page.position() + step);
            left -= step;
        }
        return !ended;
    }

    private boolean fill(ByteBuffer record) throws IOException {
        while (record.hasRemaining()) {
            if (page.remaining() == 0 && !turnPage()) {
                return false;
            }
            int step = Math.min(record.remaining(), page.remaining());
            record.put(record.position(), page, page.position(), step);
            record.position(record.position() + step);
            page.position(page.position() + step);
        }
        return true;
    }

    /** Reads the next page; false when there is none, or when it is an old one of a file that PostgreSQL uses again. */
    private boolean turnPage() throws IOException {
        if (ended) {
            return false;
        }
        page.clear();
        int read = segment.readNBytes(page.array(), 0, page.capacity());
        long address = header.pageAddress().value() + (long) pages * page.capacity();
        ended = read < page.capacity() || page.getLong(8) != address;
        if (!ended) {
            page.position(pages == 0 ? LONG_HEADER : SHORT_HEADER);
            pages++;
        }
        return !ended;
    }
}
