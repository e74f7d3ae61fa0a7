package io.mgnlbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.SetClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BackupScheduleTest {

    private final SetClock clock = new SetClock("2026-03-01T02:29:30Z");

    private BackupSchedule schedule(String spec) {
        return new BackupSchedule(Schedule.parse(spec, ZoneOffset.UTC), clock);
    }

    @Test
    void isDueOnceAtItsTime() {
        BackupSchedule schedule = schedule("30 2 * * *");
        assertThat(schedule.due()).isFalse();
        clock.set("2026-03-01T02:30:00Z");
        assertThat(schedule.due()).isTrue();
        assertThat(schedule.due()).as("the same minute again").isFalse();
        clock.set("2026-03-01T02:31:00Z");
        assertThat(schedule.due()).isFalse();
    }

    @Test
    void makesUpForTicksThatWereMissed() {
        BackupSchedule schedule = schedule("30 2 * * *");
        clock.set("2026-03-04T07:00:00Z");
        assertThat(schedule.due()).as("a machine that slept for days").isTrue();
        assertThat(schedule.due()).as("once, not once a day").isFalse();
    }

    @Test
    void survivesAClockThatIsSetBack() {
        BackupSchedule schedule = schedule("30 2 * * *");
        clock.set("2026-03-05T00:00:00Z");
        schedule.due();
        clock.set("2026-03-02T02:29:00Z");
        assertThat(schedule.due()).isFalse();
        clock.set("2026-03-02T02:30:00Z");
        assertThat(schedule.due()).isTrue();
    }

    @Test
    void countsAPeriodFromTheStart() {
        BackupSchedule schedule = schedule("@every 1h");
        assertThat(schedule.period()).contains(Duration.ofHours(1));
        assertThat(schedule.due()).as("the tick at the start").isFalse();
        clock.forward(Duration.ofMinutes(59));
        assertThat(schedule.due()).isFalse();
        clock.forward(Duration.ofMinutes(1).minusMillis(300));
        assertThat(schedule.due()).as("a tick that comes a little early").isTrue();
        assertThat(schedule.due()).isFalse();
        clock.forward(Duration.ofHours(1));
        assertThat(schedule.due()).isTrue();
    }

    @Test
    void knowsOnWhichDaysItFires() {
        Instant sunday = Instant.parse("2026-03-01T00:00:00Z");
        Instant monday = Instant.parse("2026-03-02T00:00:00Z");
        Instant tuesday = Instant.parse("2026-03-03T00:00:00Z");
        assertThat(schedule("0 0 * * mon").fires(sunday, monday)).isFalse();
        assertThat(schedule("0 0 * * mon").fires(monday, tuesday)).isTrue();
        assertThat(schedule("@every 24h").fires(sunday, monday)).isTrue();
        assertThat(schedule("@every 48h").fires(sunday, monday)).isFalse();
    }

    @Test
    void saysWhenTheNextOneIsDue() {
        assertThat(schedule("30 2 * * *").next()).contains(Instant.parse("2026-03-01T02:30:00Z"));
        assertThat(schedule("30 2 30 2 *").next()).isEmpty();
    }

    @Test
    void knowsTheDueTimeBeforeTheLast() {
        clock.set("2026-03-05T12:00:00Z"); // a Thursday
        assertThat(schedule("30 2 * * *").lastButOne()).contains(Instant.parse("2026-03-04T02:30:00Z"));
        assertThat(schedule("30 2 * * mon").lastButOne()).contains(Instant.parse("2026-02-23T02:30:00Z"));
        assertThat(schedule("@every 6h").lastButOne()).contains(Instant.parse("2026-03-05T00:00:00Z"));
        assertThat(schedule("0 0 30 2 *").lastButOne()).isEmpty();
    }
}
