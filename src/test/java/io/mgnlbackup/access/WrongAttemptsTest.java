package io.mgnlbackup.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.SetClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrongAttemptsTest {

    private final SetClock clock = new SetClock("2026-03-01T00:00:00Z");
    private final WrongAttempts attempts = new WrongAttempts(clock);

    @Test
    void eachWrongAttemptWaitsLongerThanTheOneBeforeUpToABound() {
        long[] millis = IntStream.range(0, 12)
                .mapToLong(i -> attempts.wrong("10.0.0.1").toMillis())
                .toArray();
        assertThat(millis).startsWith(100, 200, 400, 800, 1600, 3200, 6400).endsWith(10_000);
        assertThat(attempts.wrong("10.0.0.2")).hasMillis(100);
    }

    @Test
    void startsAnewAfterAWhile() {
        attempts.wrong("10.0.0.1");
        attempts.wrong("10.0.0.1");
        clock.forward(Duration.ofMinutes(11));
        assertThat(attempts.wrong("10.0.0.1")).hasMillis(100);
    }

    @Test
    void letsNoMoreThanSomeWaitAtATime() {
        for (int i = 0; i < WrongAttempts.MOST_WAITING; i++) {
            assertThat(attempts.begin("10.0.0.1")).isTrue();
        }
        assertThat(attempts.begin("10.0.0.1")).isFalse();
        assertThat(attempts.begin("10.0.0.2")).isTrue();
        attempts.end("10.0.0.1");
        assertThat(attempts.begin("10.0.0.1")).isTrue();
    }
}
