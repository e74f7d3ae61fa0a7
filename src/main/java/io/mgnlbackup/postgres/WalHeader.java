package io.mgnlbackup.postgres;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The long page header at the start of each WAL segment (PostgreSQL's src/include/access/xlog_internal.h,
 * {@code XLogLongPageHeaderData}), in the byte order of the machine that wrote it.
 *
 * @param postgresqlVersion the major version that writes this format, such as {@code 9.6} or {@code 15}
 * @param timeline the timeline of the first page
 * @param pageAddress where the segment starts
 * @param systemIdentifier the cluster that wrote it, an unsigned 64-bit number
 * @param segmentSize the size of every segment of that cluster
 * @param blockBytes the size of a WAL page
 * @param order the byte order of the machine that wrote it
 */
public record WalHeader(
        String postgresqlVersion,
        long timeline,
        Lsn pageAddress,
        long systemIdentifier,
        SegmentSize segmentSize,
        int blockBytes,
        ByteOrder order) {

    /** How many bytes at the start of a segment {@link #parse} reads. */
    public static final int BYTES = 40;

    private static final int LONG_HEADER = 0x0002;

    /** What {@code configure --with-wal-blocksize} takes. */
    private static final int LEAST_BLOCK_BYTES = 1 << 10;

    private static final int MOST_BLOCK_BYTES = 64 << 10;
    private static final Map<Integer, String> VERSIONS = Map.of(
            0xD093, "9.6", 0xD097, "10", 0xD098, "11", 0xD101, "12", 0xD106, "13", 0xD10D, "14", 0xD110, "15", 0xD113,
            "16", 0xD116, "17", 0xD118, "18");

    /**
     * Reads the first bytes of a segment.
     *
     * @throws IllegalArgumentException when there are fewer than {@value #BYTES}, or they are no header of a known version
     */
    public static WalHeader parse(byte[] start) {
        if (start.length < BYTES) {
            throw new IllegalArgumentException(
                    "a WAL segment starts with a header of " + BYTES + " bytes, and there are " + start.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        if (!VERSIONS.containsKey((int) bytes.getChar(0))) {
            bytes.order(ByteOrder.BIG_ENDIAN);
        }
        String version = VERSIONS.get((int) bytes.getChar(0));
        if (version == null || (bytes.getChar(2) & LONG_HEADER) == 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "no WAL segment of PostgreSQL 9.6 to 18 starts with %02X %02X %02X %02X",
                    start[0],
                    start[1],
                    start[2],
                    start[3]));
        }
        int blockBytes = bytes.getInt(36);
        if (Integer.bitCount(blockBytes) != 1 || blockBytes < LEAST_BLOCK_BYTES || blockBytes > MOST_BLOCK_BYTES) {
            throw new IllegalArgumentException("a WAL page cannot have " + Integer.toUnsignedString(blockBytes)
                    + " bytes: expected a power of two from " + LEAST_BLOCK_BYTES + " to " + MOST_BLOCK_BYTES);
        }
        return new WalHeader(
                version,
                Integer.toUnsignedLong(bytes.getInt(4)),
                new Lsn(bytes.getLong(8)),
                bytes.getLong(24), // after the length of a continued record at 16, and its padding
                new SegmentSize(bytes.getInt(32)),
                blockBytes,
                bytes.order());
    }

    /**
     * Why a file of this name and length cannot be the segment that the header describes; empty when it can.
     *
     * @param fileBytes the length of the file
     */
    public Optional<String> contradiction(WalSegmentName name, long fileBytes) {
        if (fileBytes != segmentSize.bytes()) {
            return Optional.of("it has " + fileBytes + " bytes, and its header says " + segmentSize.bytes());
        }
        if (!name.fits(segmentSize) || !name.start(segmentSize).equals(pageAddress)) {
            return Optional.of(
                    "its header says that it starts at " + pageAddress + ", which is not what its name says");
        }
        // A segment that was begun before a promotion is copied to the new timeline with its old first page.
        if (timeline < 1 || timeline > name.timeline()) {
            return Optional.of("its header says timeline " + timeline + ", which is not what its name says");
        }
        return Optional.empty();
    }
}
