package io.mgnlbackup.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * When the transactions ended whose commit or abort records stand in a segment: what a recovery to an instant compares its target with
 * (PostgreSQL's src/backend/access/transam/xlogrecovery.c, {@code recoveryStopsBefore}).
 *
 * @param first the earliest such time; empty when no transaction ended in the segment
 * @param last the latest such time
 */
public record WalTimes(Optional<Instant> first, Optional<Instant> last) {

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int RECORD_HEADER = 24;
    private static final int TRANSACTION = 1; // RM_XACT_ID
    private static final int MOST_OF_A_RECORD = 64;

    /** No transaction ended there. */
    public static final WalTimes NONE = new WalTimes(Optional.empty(), Optional.empty());

    /**
     * Reads a segment from its start, one page in memory at a time, up to its end or to where its records end.
     *
     * @param header of this very segment
     */
    public static WalTimes read(InputStream segment, WalHeader header) throws IOException {
        WalRecords records = new WalRecords(segment, header);
        Optional<Instant> first = Optional.empty();
        Optional<Instant> last = Optional.empty();
        ByteBuffer record =
                ByteBuffer.allocate(RECORD_HEADER + MOST_OF_A_RECORD).order(header.order());
        while (records.next(record)) {
            Optional<Instant> end = endOfTransaction(record);
            if (end.isPresent()) {
                first = first.isEmpty() || end.get().isBefore(first.get()) ? end : first;
                last = last.isEmpty() || end.get().isAfter(last.get()) ? end : last;
            }
        }
        return new WalTimes(first, last);
    }

    /** The time in a commit or abort record, prepared or not (src/include/access/xact.h, {@code xl_xact_commit}). */
    private static Optional<Instant> endOfTransaction(ByteBuffer record) {
        if (Byte.toUnsignedInt(record.get(17)) != TRANSACTION) {
            return Optional.empty();
        }
        int what = record.get(16) & 0x70;
        if (what != 0x00 && what != 0x20 && what != 0x30 && what != 0x40) {
            return Optional.empty();
        }
        int at = RECORD_HEADER;
        while (at < record.limit()) {
            switch (Byte.toUnsignedInt(record.get(at))) {
                case 252 -> at += 5; // the top-level transaction
                case 253 -> at += 3; // where it was replicated from
                case 254 -> {
                    return time(record, at + 5);
                }
                case 255 -> {
                    return time(record, at + 2);
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> time(ByteBuffer record, int at) {
        if (at + Long.BYTES > record.limit()) {
            return Optional.empty();
        }
        long micros = record.getLong(at);
        return Optional.of(EPOCH.plusSeconds(Math.floorDiv(micros, 1_000_000L))
                .plusNanos(Math.floorMod(micros, 1_000_000L) * 1_000));
    }
}
