package io.mgnlbackup.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Answers a tick of the clock: is a backup due now? Missed ticks are made up for, once. Safe for many threads. */
public final class BackupSchedule {

    private static final Duration LARGEST_TOLERANCE = Duration.ofSeconds(1);

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
        boolean due = period().map(period -> !now.isBefore(since.plus(period).minus(tolerance(period))))
                .orElseGet(() ->
                        schedule.next(since).filter(next -> !next.isAfter(now)).isPresent());
        if (due || period().isEmpty() || checked.isAfter(now)) {
            checked = now;
        }
        return due;
    }

    /** A tick of the same period may come a little early. */
    private static Duration tolerance(Duration period) {
        return period.dividedBy(2).compareTo(LARGEST_TOLERANCE) < 0 ? period.dividedBy(2) : LARGEST_TOLERANCE;
    }

    /** The time between two backups, for a schedule that counts from the start instead of reading a clock. */
    public Optional<Duration> period() {
        return schedule instanceof EverySchedule every ? Optional.of(every.delay()) : Optional.empty();
    }

    /** Whether a backup is due within a time, such as a day; a period longer than that is due on no known day. */
    public boolean fires(Instant from, Instant to) {
        return period().map(period -> period.compareTo(Duration.between(from, to)) <= 0)
                .orElseGet(() -> schedule.next(from.minusNanos(1))
                        .filter(next -> next.isBefore(to))
                        .isPresent());
    }

    /** When the next backup is due; empty if never. */
    public Optional<Instant> next() {
        return schedule.next(clock.instant());
    }

    /** The due time before the last one: when no backup is newer, two were missed in a row. Empty if there was none. */
    public Optional<Instant> lastButOne() {
        return schedule.previous(clock.instant())
                .flatMap(last -> period().map(last::minus).or(() -> schedule.previous(last.minusNanos(1))));
    }
}
