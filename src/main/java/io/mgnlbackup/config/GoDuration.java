package io.mgnlbackup.config;

import java.time.Duration;
import java.util.Map;

/**
 * Reads durations as Go writes them: {@code 90s}, {@code 1h30m}, {@code 1.5h}, {@code -2us}, {@code 0}.
 *
 * <p>An optional sign, then one or more decimal numbers, each with a unit: ns, us (µs, μs), ms, s, m, h. The range is that of 64 bits of
 * nanoseconds, about 292 years (documentation of Go's package "time", ParseDuration). A fraction is computed in floating point and cut
 * off at the nanosecond, and digits past what 64 bits hold are ignored, both as Go does it.
 */
public final class GoDuration {

    /** 2^63, the largest magnitude, as an unsigned number; as a signed one it is the smallest value. */
    private static final long LIMIT = Long.MIN_VALUE;

    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "\u03bcs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private final String text;
    private int at;

    private GoDuration(String text) {
        this.text = text;
    }

    /** The duration; throws {@link IllegalArgumentException} saying what is wrong. */
    public static Duration parse(String text) {
        return Duration.ofNanos(parseNanos(text));
    }

    /** The duration in nanoseconds; throws {@link IllegalArgumentException} saying what is wrong. */
    public static long parseNanos(String text) {
        return new GoDuration(text).nanos();
    }

    private long nanos() {
        boolean negative = text.startsWith("-");
        at = negative || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return 0;
        }
        if (at == text.length()) {
            throw wrong("there is no number");
        }
        long sum = 0; // unsigned; 2^63 twice wraps to 0, in Go too
        while (at < text.length()) {
            sum = checked(sum + term());
        }
        if (sum == LIMIT && !negative) {
            throw tooLong();
        }
        return negative ? -sum : sum;
    }

    /** One number with its unit, at most 2^63. */
    private long term() {
        int start = at;
        long whole = wholeNumber();
        Fraction fraction = Fraction.NONE;
        boolean digits = at > start;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            int first = at;
            fraction = fraction();
            digits |= at > first;
        }
        if (!digits) {
            throw wrong("a number is expected at '" + text.substring(start) + "'");
        }
        long unit = unit();
        if (Long.compareUnsigned(whole, Long.divideUnsigned(LIMIT, unit)) > 0) {
            throw tooLong();
        }
        return checked(whole * unit + fraction.times(unit));
    }

    private long wholeNumber() {
        long number = 0;
        for (; at < text.length() && isDigit(text.charAt(at)); at++) {
            if (Long.compareUnsigned(number, Long.divideUnsigned(LIMIT, 10)) > 0) {
                throw tooLong();
            }
            number = checked(number * 10 + digit());
        }
        return number;
    }

    private Fraction fraction() {
        long number = 0;
        double scale = 1;
        boolean full = false;
        for (; at < text.length() && isDigit(text.charAt(at)); at++) {
            long longer = number * 10 + digit();
            full = full || number > Long.MAX_VALUE / 10 || Long.compareUnsigned(longer, LIMIT) > 0;
            if (!full) {
                number = longer;
                scale *= 10;
            }
        }
        return new Fraction(number, scale);
    }

    private long unit() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '.' && !isDigit(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        Long nanos = UNITS.get(name);
        if (nanos == null) {
            throw wrong(
                    name.isEmpty()
                            ? "a unit is missing (ns, us, ms, s, m, h)"
                            : "'" + name + "' is no unit (ns, us, ms, s, m, h)");
        }
        return nanos;
    }

    private int digit() {
        return text.charAt(at) - '0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private long checked(long unsigned) {
        if (Long.compareUnsigned(unsigned, LIMIT) > 0) {
            throw tooLong();
        }
        return unsigned;
    }

    private IllegalArgumentException tooLong() {
        return wrong("it is too long, 292 years are the limit");
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("'" + text + "' is no duration such as 90s, 1h30m or 10h: " + why);
    }

    /** Digits behind a point: {@code number / scale}; the number is unsigned. */
    private record Fraction(long number, double scale) {

        static final Fraction NONE = new Fraction(0, 1);

        long times(long unit) {
            double value = number == LIMIT ? 0x1p63 : number;
            return (long) (value * (unit / scale));
        }
    }
}
