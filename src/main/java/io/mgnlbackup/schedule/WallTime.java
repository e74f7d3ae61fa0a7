package io.mgnlbackup.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * What a clock on the wall of a zone shows at an instant, with the calendar arithmetic of Go's package "time".
 *
 * @param epochSecond the instant, whole seconds
 * @param local what the clock shows then
 */
record WallTime(ZoneRules rules, long epochSecond, LocalDateTime local) {

    static WallTime of(ZoneRules rules, long epochSecond) {
        return new WallTime(
                rules, epochSecond, LocalDateTime.ofEpochSecond(epochSecond, 0, offset(rules, epochSecond)));
    }

    /**
     * The instant at which a clock shows this. A time that a change of the clock skips is read with one of the offsets around it, so that
     * the clock then shows an earlier or later one; of a time shown twice, one instant is taken. Which one follows Go's {@code time.Date}.
     */
    static WallTime at(ZoneRules rules, LocalDateTime local) {
        long asUtc = local.toEpochSecond(ZoneOffset.UTC);
        long guess = asUtc - offset(rules, asUtc).getTotalSeconds();
        return of(rules, asUtc - offset(rules, guess).getTotalSeconds());
    }

    private static ZoneOffset offset(ZoneRules rules, long epochSecond) {
        return rules.getOffset(Instant.ofEpochSecond(epochSecond));
    }

    int year() {
        return local.getYear();
    }

    int month() {
        return local.getMonthValue();
    }

    int day() {
        return local.getDayOfMonth();
    }

    /** Sunday is 0. */
    int dayOfWeek() {
        return local.getDayOfWeek().getValue() % 7;
    }

    int hour() {
        return local.getHour();
    }

    int minute() {
        return local.getMinute();
    }

    int second() {
        return local.getSecond();
    }

    Instant instant() {
        return Instant.ofEpochSecond(epochSecond);
    }

    WallTime plusSeconds(long seconds) {
        return of(rules, epochSecond + seconds);
    }

    /** The same time of day a day later. */
    WallTime plusDay() {
        return at(rules, local.plusDays(1));
    }

    /** The same day and time a month later; where that month is too short, the surplus days run into the next. */
    WallTime plusMonth() {
        return at(rules, local.withDayOfMonth(1).plusMonths(1).plusDays(day() - 1L));
    }

    WallTime startOfMonth() {
        return at(rules, local.toLocalDate().withDayOfMonth(1).atStartOfDay());
    }

    WallTime startOfDay() {
        return at(rules, local.toLocalDate().atStartOfDay());
    }

    WallTime startOfHour() {
        return at(rules, local.toLocalDate().atTime(hour(), 0));
    }

    /** On a full minute of UTC, which is one of the zone unless its offset has seconds. */
    WallTime startOfMinute() {
        return of(rules, epochSecond - Math.floorMod(epochSecond, 60L));
    }
}
