package io.mgnlbackup.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Answers a tick of the clock: is a backup due now? Missed ticks are made up for, once. Safe for many threads. */
public final class BackupSchedule {

    private final Schedule schedule;
    private final Clock clock;
    private Instant checked;

    /** Counts from now. */
    public BackupSchedule(Schedule schedule, Clock clock) {
        this.schedule = schedule;
        this.clock = clock;
        this.checked = clock.instant();
    }

    /** Whether the schedule fired since the last question; true at most once for each time. */
    public synchronized boolean due() {
        Instant now = clock.instant();
        Instant since = checked.isAfter(now) ? now : checked; // a clock that was set back must not silence the schedule
        checked = now;
        return schedule.next(since).filter(next -> !next.isAfter(now)).isPresent();
    }

    /** When the next backup is due; empty if never. */
    public Optional<Instant> next() {
        return schedule.next(clock.instant());
    }
}
