package io.mgnlbackup.config;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes instants as RFC 3339 has them: {@code 2021-03-20T18:59:13.97Z}, {@code 2021-03-20T19:59:13+01:00}.
 *
 * <p>Takes what Go's {@code time.Parse(time.RFC3339, …)} takes, which is a little more than the RFC: an hour of one digit, a comma for
 * the point, any number of digits behind it (cut off at the nanosecond), offsets up to 24 hours and 60 minutes. Years 0000 to 9999, no
 * leap seconds, {@code T} and {@code Z} in upper case.
 */
public final class Rfc3339 {

    private static final Pattern SHAPE =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
                    + "(?:[.,]([0-9]++))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

    private Rfc3339() {}

    /** The instant; throws {@link IllegalArgumentException} saying what is wrong. */
    public static Instant parse(String text) {
        Matcher part = SHAPE.matcher(text);
        if (!part.matches()) {
            throw wrong(text, "the shape is not that");
        }
        YearMonth month = YearMonth.of(number(part, 1), inRange(text, part, 2, "month", 1, 12));
        LocalDate date = month.atDay(inRange(text, part, 3, "day of the month", 1, month.lengthOfMonth()));
        int secondOfDay = (inRange(text, part, 4, "hour", 0, 23) * 60 + inRange(text, part, 5, "minute", 0, 59)) * 60
                + inRange(text, part, 6, "second", 0, 59);
        long epochSecond = date.toEpochDay() * 86_400 + secondOfDay - offsetSeconds(text, part);
        return Instant.ofEpochSecond(epochSecond, nanos(part.group(7)));
    }

    /** The instant in UTC, with as many digits behind the point as it needs. */
    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }

    /** Nanoseconds since 1970, which for years 0000 to 9999 do not fit in 64 bits. */
    public static BigInteger epochNanos(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(NANOS_PER_SECOND)
                .add(BigInteger.valueOf(instant.getNano()));
    }

    private static int offsetSeconds(String text, Matcher part) {
        if (part.group(8) == null) {
            return 0;
        }
        int minutes = inRange(text, part, 9, "hour of the offset", 0, 24) * 60
                + inRange(text, part, 10, "minute of the offset", 0, 60);
        return "-".equals(part.group(8)) ? -minutes * 60 : minutes * 60;
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        return Integer.parseInt((fraction + "00000000").substring(0, 9));
    }

    private static int number(Matcher part, int group) {
        return Integer.parseInt(part.group(group));
    }

    private static int inRange(String text, Matcher part, int group, String what, int min, int max) {
        int value = number(part, group);
        if (value < min || value > max) {
            throw wrong(text, "the " + what + " is not from " + min + " to " + max);
        }
        return value;
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException(
                "'" + text + "' is no time such as 2021-03-20T18:59:13Z or 2021-03-20T19:59:13+01:00: " + why);
    }
}
