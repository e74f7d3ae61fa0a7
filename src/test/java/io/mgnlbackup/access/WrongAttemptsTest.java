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
        assertThat(millis).startsWith(250, 500, 1000, 2000, 4000, 8000, 10_000).endsWith(10_000);
        assertThat(attempts.wrong("10.0.0.2")).hasMillis(250);
    }

    @Test
    void startsAnewAfterAWhile() {
        attempts.wrong("10.0.0.1");
        attempts.wrong("10.0.0.1");
        clock.forward(Duration.ofMinutes(11));
        assertThat(attempts.wrong("10.0.0.1")).hasMillis(250);
    }

    @Test
    void letsNoMoreThanSomeWaitAtATime() {
        for (int i = 0; i < WrongAttempts.MOST_WAITING; i++) {
            assertThat(attempts.begin("10.0.0.1")).isTrue();
        }
        assertThat(attempts.begin("10.0.0.1")).as("the one of this second").isTrue();
        assertThat(attempts.begin("10.0.0.1")).isFalse();
        assertThat(attempts.begin("10.0.0.2")).isTrue();
        attempts.end("10.0.0.1");
        attempts.end("10.0.0.1");
        assertThat(attempts.begin("10.0.0.1")).isTrue();
        assertThat(attempts.begin("10.0.0.1")).isFalse();
    }

    @Test
    void somebodyWhoGuessesKeepsNobodyElseOfTheSameAddressOutForLong() {
        for (int i = 0; i < 100; i++) {
            attempts.begin("10.0.0.1");
        }
        assertThat(attempts.begin("10.0.0.1")).isFalse();
        clock.forward(WrongAttempts.EXTRA_EACH);
        assertThat(attempts.begin("10.0.0.1")).isTrue();
        assertThat(attempts.begin("10.0.0.1")).isFalse();
    }

    @Test
    void remembersABoundedNumberOfAddresses() {
        for (int i = 0; i < WrongAttempts.MOST_ADDRESSES + 10; i++) {
            attempts.wrong("10.0." + i / 256 + "." + i % 256);
        }
        assertThat(attempts.size()).isEqualTo(WrongAttempts.MOST_ADDRESSES);
        assertThat(attempts.wrong("10.0.0.0")).as("the first was forgotten").hasMillis(250);
    }
}
