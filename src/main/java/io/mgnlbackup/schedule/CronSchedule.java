package io.mgnlbackup.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Due at every full minute whose local time fits five fields.
 *
 * <p>A time that a change of the clock skips is not due that day; one that the clock shows twice is due twice. If one of the two day
 * fields is {@code *} or {@code ?}, a day must fit both, else it must fit one of them.
 *
 * <p>{@link #next} walks as robfig/cron v3 does, step by step, and so shares its few odd answers: in zones that change the clock at
 * midnight, or by less than an hour, it may pass over a time of that very day, or meet one on the day after. {@link #matches} and
 * {@link #previous} look at the fields alone. Everywhere else the three agree.
 *
 * @param zone the zone that the schedule names, else that of the process
 */
public record CronSchedule(
        CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays, ZoneId zone)
        implements Schedule {

    private static final int YEARS = 5;

    @Override
    public Optional<Instant> next(Instant after) {
        return new CronSearch(this, after).next();
    }

    /** Whether this instant is due; never, unless the clock shows a full minute. */
    public boolean matches(Instant fullMinute) {
        LocalDateTime time = LocalDateTime.ofInstant(fullMinute, zone);
        return time.getSecond() == 0 && time.getNano() == 0 && matches(time.toLocalDate()) && fits(time);
    }

    @Override
    public Optional<Instant> previous(Instant atOrBefore) {
        LocalDate today = LocalDate.ofInstant(atOrBefore, zone);
        LocalDate first = today.withDayOfYear(1).minusYears(YEARS);
        // A clock that is put back over midnight shows a date again after the next one has begun: look at two.
        for (LocalDate date = today.plusDays(1); !date.isBefore(first); date = date.minusDays(1)) {
            Optional<Instant> last = latestOn(date, atOrBefore);
            if (last.isPresent()) {
                Instant dayBefore = latestOn(date.minusDays(1), atOrBefore).orElse(Instant.MIN);
                return last.map(found -> found.isAfter(dayBefore) ? found : dayBefore);
            }
        }
        return Optional.empty();
    }

    boolean matches(LocalDate date) {
        return months.has(date.getMonthValue())
                && fitsDay(date.getDayOfMonth(), date.getDayOfWeek().getValue() % 7);
    }

    /** Whether a day fits, month left aside; Sunday is 0. */
    boolean fitsDay(int day, int weekday) {
        if (days.star() || weekdays.star()) {
            return days.has(day) && weekdays.has(weekday);
        }
        return days.has(day) || weekdays.has(weekday);
    }

    private boolean fits(LocalDateTime time) {
        return hours.has(time.getHour()) && minutes.has(time.getMinute());
    }

    private Optional<Instant> latestOn(LocalDate date, Instant atOrBefore) {
        if (!matches(date)) {
            return Optional.empty();
        }
        return IntStream.range(0, 24)
                .filter(hours::has)
                .boxed()
                .flatMap(hour ->
                        IntStream.range(0, 60).filter(minutes::has).mapToObj(minute -> date.atTime(hour, minute)))
                .flatMap(time -> zone.getRules().getValidOffsets(time).stream().map(time::toInstant))
                .filter(due -> !due.isAfter(atOrBefore))
                .max(Comparator.naturalOrder());
    }
}
