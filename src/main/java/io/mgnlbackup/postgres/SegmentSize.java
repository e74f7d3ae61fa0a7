package io.mgnlbackup.postgres;

/**
 * The size of the WAL segments of a cluster, fixed by {@code initdb --wal-segsize}: a power of two from 1 MiB to
 * 1 GiB (PostgreSQL's src/include/access/xlog_internal.h, {@code IsValidWalSegSize}).
 *
 * @param bytes the size of each segment file
 */
public record SegmentSize(int bytes) {
    /** The size that {@code initdb} chooses unless told otherwise: 16 MiB. */
    public static final SegmentSize DEFAULT = new SegmentSize(16 << 20);

    /** Checks the size. */
    public SegmentSize {
        if (Integer.bitCount(bytes) != 1 || bytes < 1 << 20 || bytes > 1 << 30) {
            throw new IllegalArgumentException("a WAL segment cannot have " + bytes
                    + " bytes: expected a power of two from 1048576 to 1073741824");
        }
    }

    /** How many segments share the middle eight digits of their name: 256 at 16 MiB. */
    public long perLog() {
        return (1L << 32) / bytes;
    }
}
