package io.mgnlbackup.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Time from left to right, in percent of a picture's width, so that a picture is as wide as its window.
 *
 * @param from the left end
 * @param to the right end, later
 */
record TimeAxis(Instant from, Instant to, ZoneId zone) {

    /** What stands at the ends is not to be cut in two. */
    private static final double MARGIN = 2;

    private static final int MOST_STEPS = 5;
    private static final int DAY = 24 * 60;
    private static final List<Integer> STEPS_IN_MINUTES = List.of(
            1, 5, 15, 30, 60, 180, 360, 720, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 182 * DAY, 365 * DAY);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu", Locale.ENGLISH);

    /**
     * A label.
     *
     * @param x where it stands
     * @param above the time, or the day
     * @param below the day, or the year, where it changes; else empty
     */
    record Tick(String x, String above, String below) {}

    /** Widens what would have no width. */
    static TimeAxis of(Instant from, Instant to, ZoneId zone) {
        return new TimeAxis(from, to.isBefore(from.plusSeconds(60)) ? from.plusSeconds(60) : to, zone);
    }

    /** Where an instant stands, in percent; what is beyond an end, at that end. */
    double percent(Instant time) {
        double share = (double) Duration.between(from, time).toMillis()
                / Math.max(1, Duration.between(from, to).toMillis());
        return MARGIN + Math.min(1, Math.max(0, share)) * (100 - 2 * MARGIN);
    }

    /** A percentage as SVG takes it. */
    static String text(double percent) {
        return String.format(Locale.ROOT, "%.2f%%", percent);
    }

    /** Labels at round times, as many as a phone has room for. */
    List<Tick> ticks() {
        long minutes = Duration.between(from, to).toMinutes();
        long step = STEPS_IN_MINUTES.stream()
                .filter(candidate -> minutes / candidate <= MOST_STEPS)
                .mapToLong(Integer::longValue)
                .findFirst()
                .orElse((minutes / MOST_STEPS / DAY + 1) * DAY);
        DateTimeFormatter above = step < DAY ? TIME : DATE;
        DateTimeFormatter below = step < DAY ? DATE : YEAR;
        List<Tick> ticks = new ArrayList<>();
        String last = "";
        LocalDateTime end = LocalDateTime.ofInstant(to, zone);
        for (LocalDateTime at = begin(step); !at.isAfter(end); at = at.plusMinutes(step)) {
            Instant time = at.atZone(zone).toInstant();
            if (!time.isBefore(from)) {
                String changed = below.format(at);
                ticks.add(new Tick(text(percent(time)), above.format(at), changed.equals(last) ? "" : changed));
                last = changed;
            }
        }
        return ticks;
    }

    /** A round time, at most one step or one day before the left end. */
    private LocalDateTime begin(long step) {
        LocalDate day = LocalDate.ofInstant(from, zone);
        long days = Math.max(1, step / DAY);
        return LocalDate.ofEpochDay(Math.floorDiv(day.toEpochDay(), days) * days)
                .atStartOfDay();
    }
}
