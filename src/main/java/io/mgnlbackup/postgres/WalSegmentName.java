package io.mgnlbackup.postgres;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a WAL segment file: 24 upper-case hexadecimal digits, eight each for the timeline, the log and the
 * segment in the log (PostgreSQL's src/include/access/xlog_internal.h, {@code XLogFileName}).
 *
 * @param timeline 1 to 4294967295
 * @param log the upper 32 bits of the segment's start
 * @param part which segment of that log, from 0; its upper bound depends on the segment size
 */
public record WalSegmentName(long timeline, long log, long part) implements Comparable<WalSegmentName> {
    private static final HexFormat HEX = HexFormat.of().withUpperCase(); // chains of WAL ask for every name
    private static final long MAX = 0xFFFFFFFFL;
    private static final Pattern TEXT = Pattern.compile("([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})");

    /** Checks the ranges. */
    public WalSegmentName {
        if (timeline < 1 || timeline > MAX || log < 0 || log > MAX || part < 0 || part > MAX) {
            throw new IllegalArgumentException("no WAL segment has timeline " + timeline + ", log " + log
                    + " and segment " + part + ": a timeline starts at 1, and each has 32 bits");
        }
    }

    /**
     * Reads a file name.
     *
     * @throws IllegalArgumentException when the text is not 24 upper-case hexadecimal digits, or timeline 0
     */
    public static WalSegmentName parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cannot read '" + text
                    + "' as the name of a WAL segment: expected 24 upper-case hexadecimal digits");
        }
        return new WalSegmentName(hex(matcher.group(1)), hex(matcher.group(2)), hex(matcher.group(3)));
    }

    /** The segment that holds the byte at the position. */
    public static WalSegmentName holding(long timeline, Lsn position, SegmentSize size) {
        return new WalSegmentName(timeline, position.value() >>> 32, (position.value() & MAX) / size.bytes());
    }

    /** Whether a cluster with segments of this size can have written a file of this name. */
    public boolean fits(SegmentSize size) {
        return part < size.perLog();
    }

    /**
     * The position of the first byte.
     *
     * @throws IllegalArgumentException when the name does not fit the size
     */
    public Lsn start(SegmentSize size) {
        if (!fits(size)) {
            throw new IllegalArgumentException("'" + this + "' is not the name of a WAL segment of " + size.bytes()
                    + " bytes: its last eight digits are past the end of a log");
        }
        return new Lsn(log << 32 | part * size.bytes());
    }

    /** The position after the last byte, which is where the next segment starts. */
    public Lsn end(SegmentSize size) {
        return new Lsn(start(size).value() + size.bytes());
    }

    /** The segment that follows on the same timeline. */
    public WalSegmentName next(SegmentSize size) {
        return holding(timeline, end(size), size);
    }

    /** By timeline, then by position; the order of the names. */
    @Override
    public int compareTo(WalSegmentName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(timeline, 8) + HEX.toHexDigits(log, 8) + HEX.toHexDigits(part, 8);
    }

    private static long hex(String digits) {
        return Long.parseLong(digits, 16);
    }
}
