package io.mgnlbackup.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Due again and again after the same time, counted from the last time or from the start.
 *
 * @param delay whole seconds, at least one
 */
public record EverySchedule(Duration delay) implements Schedule {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Rounds down to whole seconds, and up to one. */
    public EverySchedule {
        delay = delay.compareTo(SHORTEST) < 0 ? SHORTEST : Duration.ofSeconds(delay.toSeconds());
    }

    /** The delay after the instant, on a full second. */
    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(delay));
    }

    /** The delay before the instant: whatever was done since then need not be done again. */
    @Override
    public Optional<Instant> previous(Instant atOrBefore) {
        return Optional.of(atOrBefore.minus(delay));
    }
}
