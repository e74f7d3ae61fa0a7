package io.mgnlbackup.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * Looks for the next due time: forward by months, then days, hours, minutes, from the start again whenever a larger unit begins.
 *
 * <p>The walk is that of robfig/cron v3, since its answers around changes of the clock are what users have seen so far.
 */
final class CronSearch {

    private static final int YEARS = 5;
    private static final int SECONDS_PER_DAY = 86_400;

    private final CronSchedule schedule;
    private final int lastYear;
    private WallTime time;

    /** Whether the smaller units were already set to their start. */
    private boolean aligned;

    CronSearch(CronSchedule schedule, Instant after) {
        this.schedule = schedule;
        this.time = WallTime.of(schedule.zone().getRules(), after.getEpochSecond() + 1);
        this.lastYear = time.year() + YEARS;
    }

    Optional<Instant> next() {
        if (schedule.minutes().isEmpty()) {
            return Optional.empty(); // a field such as ',' takes no value; going through all minutes would take long
        }
        while (time.year() <= lastYear) {
            if (reachMonth() && reachDay() && reachHour() && reachMinute() && reachSecond()) {
                return Optional.of(time.instant());
            }
        }
        return Optional.empty();
    }

    /** Goes to a month that fits; false when a new year began on the way, as the other steps do for their larger unit. */
    private boolean reachMonth() {
        while (!schedule.months().has(time.month())) {
            time = align(time.startOfMonth()).plusMonth();
            if (time.month() == 1) {
                return false;
            }
        }
        return true;
    }

    private boolean reachDay() {
        while (!schedule.fitsDay(time.day(), time.dayOfWeek())) {
            time = dayAfter(align(time.startOfDay()));
            if (time.day() == 1) {
                return false;
            }
        }
        return true;
    }

    /** The start of the day after; where a zone left out that day, as Samoa did when it crossed the date line, of the one after it. */
    private static WallTime dayAfter(WallTime day) {
        WallTime next = toMidnight(day.plusDay());
        return next.epochSecond() > day.epochSecond() ? next : day.plusSeconds(SECONDS_PER_DAY);
    }

    /** Undoes a change of the clock that moved the start of the day by an hour. */
    private static WallTime toMidnight(WallTime time) {
        int hours = time.hour() > 12 ? 24 - time.hour() : -time.hour();
        return hours == 0 ? time : time.plusSeconds(hours * 3600L);
    }

    private boolean reachHour() {
        while (!schedule.hours().has(time.hour())) {
            time = align(time.startOfHour()).plusSeconds(3600);
            if (time.hour() == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean reachMinute() {
        while (!schedule.minutes().has(time.minute())) {
            time = align(time.startOfMinute()).plusSeconds(60);
            if (time.minute() == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean reachSecond() {
        while (time.second() != 0) {
            aligned = true;
            time = time.plusSeconds(1);
            if (time.second() == 0) {
                return false;
            }
        }
        return true;
    }

    private WallTime align(WallTime start) {
        WallTime from = aligned ? time : start;
        aligned = true;
        return from;
    }
}
