package io.mgnlbackup.postgres;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A position in the write-ahead log, as PostgreSQL counts it: bytes since the cluster was made, 64 bits unsigned
 * (PostgreSQL's src/include/access/xlogdefs.h, {@code XLogRecPtr}).
 *
 * @param value the position in bytes, unsigned
 */
public record Lsn(long value) implements Comparable<Lsn> {
    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /**
     * Reads the text form that PostgreSQL prints: two hexadecimal numbers of up to 8 digits with a slash between.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Lsn parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cannot read '" + text + "' as an LSN: expected two hexadecimal numbers"
                    + " of up to 8 digits with a slash between, such as 16/B374D848");
        }
        long high = Long.parseLong(matcher.group(1), 16);
        long low = Long.parseLong(matcher.group(2), 16);
        return new Lsn(high << 32 | low);
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** The text form of PostgreSQL's {@code pg_lsn}, upper case and without leading zeros. */
    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(Locale.ROOT) + "/"
                + Long.toHexString(value & 0xFFFFFFFFL).toUpperCase(Locale.ROOT);
    }
}
