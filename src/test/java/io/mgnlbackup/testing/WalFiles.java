package io.mgnlbackup.testing;

import io.mgnlbackup.postgres.SegmentSize;
import io.mgnlbackup.postgres.WalHeader;
import io.mgnlbackup.postgres.WalSegmentName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** WAL files as a PostgreSQL 15 on a PC would write them, as far as their headers go; what comes behind is noise, so no records. */
public final class WalFiles {

    /** Small segments: a mebibyte. */
    public static final SegmentSize SIZE = new SegmentSize(1 << 20);

    /** A cluster. */
    public static final long SYSTEM = 7_711_456_617_296_906_850L;

    private WalFiles() {}

    /** A whole segment. */
    public static byte[] segment(String name, long system, int noise) {
        byte[] bytes = new byte[SIZE.bytes()];
        new SplittableRandom(noise).nextBytes(bytes);
        WalSegmentName segment = WalSegmentName.parse(name.substring(0, 24));
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0xD110)
                .putShort((short) 2)
                .putInt((int) segment.timeline())
                .putLong(segment.start(SIZE).value())
                .putLong(0)
                .putLong(system)
                .putInt(SIZE.bytes())
                .putInt(8192)
                .putInt(WalHeader.BYTES, 0); // no record follows
        return bytes;
    }

    /** What a server archives at the end of a base backup that began in the segment. */
    public static String backupHistory(String segment) {
        return """
                START WAL LOCATION: 0/300028 (file %1$s)
                STOP WAL LOCATION: 0/300100 (file %1$s)
                CHECKPOINT LOCATION: 0/300060
                BACKUP METHOD: streamed
                BACKUP FROM: primary
                START TIME: 2026-11-23 19:50:17 UTC
                LABEL: mgnlbackup
                START TIMELINE: 1
                STOP TIME: 2026-11-23 19:50:18 UTC
                STOP TIMELINE: 1
                """.formatted(segment);
    }
}
