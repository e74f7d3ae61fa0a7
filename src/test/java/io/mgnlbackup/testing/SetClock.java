package io.mgnlbackup.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told the time. */
public final class SetClock extends Clock {

    private volatile Instant now;

    /** Stands at a time, RFC 3339. */
    public SetClock(String now) {
        this.now = Instant.parse(now);
    }

    /** Goes on, or back. */
    public SetClock forward(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    /** Stands at another time. */
    public SetClock set(String time) {
        now = Instant.parse(time);
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
