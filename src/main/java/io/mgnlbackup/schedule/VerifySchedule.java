package io.mgnlbackup.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers a tick of the clock: is a verification due now? Times of a clock are kept to, since they were chosen for the load: one that was missed
 * is left out. A period counts from the last start, also of another process, so that a pod that restarts often comes to it all the same.
 */
public final class VerifySchedule {

    private static final Duration TICK = Duration.ofMinutes(1);

    private final BackupSchedule schedule;
    private final Supplier<Instant> lastStart;
    private final Clock clock;

    /**
     * A schedule.
     *
     * @param lastStart when a verification began last; the far future while nobody knows
     */
    public VerifySchedule(Schedule schedule, Supplier<Instant> lastStart, Clock clock) {
        this.schedule = new BackupSchedule(schedule, clock);
        this.lastStart = lastStart;
        this.clock = clock;
    }

    /** Whether a verification is to begin. */
    public boolean due() {
        return schedule.period().map(this::hasPassed).orElseGet(schedule::due);
    }

    private boolean hasPassed(Duration period) {
        return Duration.between(lastStart.get(), clock.instant()).compareTo(period) >= 0;
    }

    /** How often to ask: every minute, or in the period if that is shorter. */
    public Duration tick() {
        return schedule.period().filter(period -> period.compareTo(TICK) < 0).orElse(TICK);
    }

    /** The due time before the last one; empty if there was none. */
    public Optional<Instant> lastButOne() {
        return schedule.lastButOne();
    }
}
