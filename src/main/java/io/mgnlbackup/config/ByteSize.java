package io.mgnlbackup.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, as people write and read it. */
public final class ByteSize {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})\\s*([a-z]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30);
    private static final List<String> NAMES = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

    private ByteSize() {}

    /**
     * Reads a whole number with a unit, such as {@code 8MiB} (1024²) or {@code 8MB} (1000²), or without one for bytes.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static long parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!written.matches()) {
            throw new Rejected("not a number with a unit such as MiB");
        }
        Long unit = UNITS.get(written.group(2));
        if (unit == null) {
            throw new Rejected("the unit is none of B, KB, MB, GB, KiB, MiB, GiB");
        }
        try {
            return Math.multiplyExact(Long.parseLong(written.group(1)), unit);
        } catch (ArithmeticException e) {
            throw new Rejected("too large");
        }
    }

    /** Writes a number of bytes with one decimal at most, such as {@code 1.5 MiB}; never rounds up to a larger size than there is. */
    public static String format(long bytes) {
        int unit = 0;
        BigDecimal number = BigDecimal.valueOf(bytes);
        BigDecimal step = BigDecimal.valueOf(1024);
        while (number.compareTo(step) >= 0 && unit < NAMES.size() - 1) {
            number = number.divide(step);
            unit++;
        }
        int decimals = unit == 0 || number.compareTo(BigDecimal.valueOf(100)) >= 0 ? 0 : 1;
        return number.setScale(decimals, RoundingMode.DOWN).toPlainString() + " " + NAMES.get(unit);
    }
}
