package io.mgnlbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.SetClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VerifyScheduleTest {

    private final SetClock clock = new SetClock("2026-03-01T11:59:30Z");
    private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);

    private VerifySchedule schedule(String spec) {
        return new VerifySchedule(Schedule.parse(spec, ZoneOffset.UTC), last::get, clock);
    }

    @Test
    void keepsToTimesOfAClockAndLeavesOutWhatWasMissed() {
        clock.set("2026-03-01T12:00:30Z");
        VerifySchedule schedule = schedule("0 12 * * *");
        assertThat(schedule.due())
                .as("never verified, but this is not the time")
                .isFalse();
        clock.set("2026-03-02T12:00:00Z");
        assertThat(schedule.due()).isTrue();
        assertThat(schedule.due()).isFalse();
        assertThat(schedule.tick()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aPeriodCountsFromTheLastStartAlsoOfAnotherProcess() {
        VerifySchedule schedule = schedule("@every 24h");
        assertThat(schedule.due()).as("never verified").isTrue();
        last.set(Instant.parse("2026-02-28T12:00:00Z"));
        assertThat(schedule.due()).isFalse();
        clock.forward(Duration.ofSeconds(30));
        assertThat(schedule.due()).isTrue();
        last.set(Instant.MAX);
        assertThat(schedule.due()).as("as long as nobody knows").isFalse();
    }

    @Test
    void asksAsOftenAsAShortPeriodNeeds() {
        assertThat(schedule("@every 5s").tick()).isEqualTo(Duration.ofSeconds(5));
        assertThat(schedule("@every 24h").tick()).isEqualTo(Duration.ofMinutes(1));
    }
}
