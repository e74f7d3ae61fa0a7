package io.mgnlbackup.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.SetClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final SetClock clock = new SetClock("2026-03-01T00:00:00Z");

    @Test
    void isUpWhenEverythingIs() {
        assertThat(new Health(Map.of("a", () -> Health.Check.UP, "b", () -> Health.Check.UP), clock)
                        .report()
                        .up())
                .isTrue();
    }

    @Test
    void namesWhatIsDown() {
        Health.Report report = new Health(
                        Map.of("b", () -> Health.Check.down("no answer"), "a", () -> Health.Check.UP), clock)
                .report();
        assertThat(report.up()).isFalse();
        assertThat(report.checks())
                .containsExactly(
                        new Health.NamedCheck("a", "up", null), new Health.NamedCheck("b", "down", "no answer"));
    }

    @Test
    void doesNotAskTheStoreForEachProbe() {
        AtomicInteger asked = new AtomicInteger();
        Health health = new Health(
                Map.of("store", () -> {
                    asked.incrementAndGet();
                    return Health.Check.UP;
                }),
                clock);
        health.report();
        health.report();
        assertThat(asked).hasValue(1);
        clock.forward(Duration.ofSeconds(5));
        health.report();
        assertThat(asked).hasValue(2);
        clock.set("2026-02-01T00:00:00Z");
        health.report();
        assertThat(asked).as("after the clock was set back").hasValue(3);
    }
}
