package io.mgnlbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    private static final Instant MONDAY = Instant.parse("2021-03-22T12:00:00Z");

    /** Over both changes of the clock in Zurich, minute by minute: the three questions have one answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *",
                "*/30 2 * * *",
                "30 2 * * *",
                "0 0 * * *",
                "59 23 * * *",
                "0 3 28,31 * mon",
                "15 1-3 * mar,oct sun",
                "0 */5 */2 * *",
                "0 4 1 * ?",
            })
    void answersTheSameForwardsBackwardsAndAtTheMinute(String fields) {
        CronSchedule schedule = cron("TZ=Europe/Zurich " + fields);
        agree(schedule, Instant.parse("2021-03-27T12:00:00Z"), Instant.parse("2021-03-29T12:00:00Z"));
        agree(schedule, Instant.parse("2021-10-30T12:00:00Z"), Instant.parse("2021-11-01T12:00:00Z"));
    }

    private static void agree(CronSchedule schedule, Instant start, Instant end) {
        Optional<Instant> next = schedule.next(start.minusSeconds(1));
        Optional<Instant> previous = schedule.previous(start.minusSeconds(1));
        for (Instant minute = start; minute.isBefore(end); minute = minute.plusSeconds(60)) {
            boolean due = next.equals(Optional.of(minute));
            assertThat(schedule.matches(minute))
                    .as("%s at %s", schedule, minute)
                    .isEqualTo(due);
            assertThat(schedule.matches(minute.plusSeconds(1))).isFalse();
            assertThat(schedule.matches(minute.plusMillis(1))).isFalse();
            if (due) {
                previous = next;
                next = schedule.next(minute);
            }
            assertThat(schedule.previous(minute.plusSeconds(due ? 0 : 59)))
                    .as("before %s", minute)
                    .isEqualTo(previous);
        }
    }

    @Test
    void findsTheSameTimesBackwardsAsForwardsForRandomSchedules() {
        Random random = new Random(20210322);
        for (int i = 0; i < 500; i++) {
            CronSchedule schedule = cron("TZ=America/New_York " + random.nextInt(60) + " " + random.nextInt(24) + " "
                    + (random.nextBoolean() ? "*" : 1 + random.nextInt(31)) + " "
                    + (random.nextBoolean() ? "*" : 1 + random.nextInt(12)) + " "
                    + (random.nextBoolean() ? "*" : random.nextInt(7)));
            Instant from = MONDAY.plus(random.nextInt(2_000_000), ChronoUnit.MINUTES);
            Optional<Instant> due = schedule.next(from);
            due.ifPresent(time -> {
                assertThat(schedule.matches(time)).isTrue();
                assertThat(schedule.previous(time)).contains(time);
                assertThat(schedule.previous(time.minusNanos(1)).filter(from::isBefore))
                        .as("nothing is due between %s and %s by %s", from, time, schedule)
                        .isEmpty();
            });
        }
    }

    @Test
    void isStrictlyLaterThanTheInstantGiven() {
        CronSchedule schedule = cron("0 12 * * *");
        assertThat(schedule.next(MONDAY)).contains(MONDAY.plus(Duration.ofDays(1)));
        assertThat(schedule.next(MONDAY.minusNanos(1))).contains(MONDAY);
    }

    @ParameterizedTest
    @CsvSource({
        // Lord Howe puts the clock forward by half an hour: robfig goes past three o'clock hour by hour
        "CRON_TZ=Australia/Lord_Howe 0 3 * * *, 2021-10-02T00:00:00Z, 2021-10-03T16:00:00Z",
        // Beirut skips the hour after midnight on a Sunday: robfig goes past that Sunday
        "CRON_TZ=Asia/Beirut 30 12 * * sun, 2021-03-22T12:00:00Z, 2021-04-04T09:30:00Z",
        "CRON_TZ=Asia/Beirut 0 1 * * sat, 2021-03-27T12:00:00Z, 2021-03-27T22:00:00Z",
        "CRON_TZ=Asia/Beirut 30 12 * * *, 2021-03-27T12:00:00Z, 2021-03-28T09:30:00Z",
        "CRON_TZ=America/Sao_Paulo 0 0 * * *, 2018-11-03T12:00:00Z, 2018-11-05T02:00:00Z",
        "CRON_TZ=America/Havana 30 0 * * *, 2021-11-07T04:30:00Z, 2021-11-07T05:30:00Z",
    })
    void walksOverOddChangesOfTheClockAsRobfigDoes(String spec, Instant after, Instant next) {
        assertThat(cron(spec).next(after)).contains(next);
    }

    @Test
    void isDueByItsFieldsEvenWhereTheWalkGoesPast() {
        CronSchedule schedule = cron("CRON_TZ=Asia/Beirut 30 12 * * sun");
        Instant sunday = Instant.parse("2021-03-28T09:30:00Z");
        assertThat(schedule.matches(sunday)).isTrue();
        assertThat(schedule.previous(sunday.plusSeconds(3600))).contains(sunday);
    }

    @Test
    @Timeout(5)
    void getsOverADayThatAZoneLeftOut() {
        assertThat(cron("CRON_TZ=Pacific/Apia 12 8 25 * *").next(Instant.parse("2011-12-28T12:48:49Z")))
                .contains(Instant.parse("2012-01-24T18:12:00Z"));
        assertThat(cron("CRON_TZ=Pacific/Apia 0 0 30 12 *").previous(Instant.parse("2012-01-05T00:00:00Z")))
                .contains(Instant.parse("2010-12-30T10:00:00Z"));
    }

    @Test
    void findsTheLatestTimeWhereTheClockGoesBackOverMidnight() {
        // Until 2011, Newfoundland put the clock back from 00:01 to 23:01 of the day before.
        CronSchedule schedule = cron("CRON_TZ=America/St_Johns 0,30 0,23 * * *");
        Instant secondTime = Instant.parse("2010-11-07T03:00:00Z");
        assertThat(schedule.matches(secondTime)).isTrue();
        assertThat(schedule.previous(secondTime.plusSeconds(60))).contains(secondTime);
        assertThat(schedule.previous(secondTime.minusSeconds(60))).contains(Instant.parse("2010-11-07T02:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", ", * * * *", "* , * * *", "* * , * *", "* * * , *"})
    @Timeout(5)
    void givesUpWhereNothingIsEverDue(String spec) {
        assertThat(cron(spec).next(MONDAY)).isEmpty();
        assertThat(cron(spec).previous(MONDAY)).isEmpty();
    }

    @Test
    @Timeout(5)
    void isFastForRareTimes() {
        CronSchedule schedule = cron("CRON_TZ=Europe/Zurich 59 23 29 2 *");
        for (int i = 0; i < 1000; i++) {
            assertThat(schedule.next(MONDAY)).contains(Instant.parse("2024-02-29T22:59:00Z"));
            assertThat(schedule.previous(MONDAY)).contains(Instant.parse("2020-02-29T22:59:00Z"));
        }
    }

    @Test
    void givesUpAfterFiveYears() {
        assertThat(cron("0 0 29 2 *").next(Instant.parse("2097-01-01T00:00:00Z")))
                .isEmpty(); // 2100 is no leap year
        assertThat(cron("0 0 29 2 *").next(Instant.parse("2099-01-01T00:00:00Z")))
                .contains(Instant.parse("2104-02-29T00:00:00Z"));
        assertThat(cron("0 0 29 2 *").previous(Instant.parse("2102-01-01T00:00:00Z")))
                .isEmpty();
        assertThat(cron("0 0 29 2 *").previous(Instant.parse("2101-12-31T00:00:00Z")))
                .contains(Instant.parse("2096-02-29T00:00:00Z"));
    }

    private static CronSchedule cron(String spec) {
        return (CronSchedule) Schedule.parse(spec, ZoneOffset.UTC);
    }
}
