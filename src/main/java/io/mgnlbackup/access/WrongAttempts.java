package io.mgnlbackup.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a wrong attempt waits for its answer: longer with each one from the same address. What was right before is not held up by it
 * ({@link Authenticator#recall}), so that somebody behind the same address who guesses keeps nobody else out for long. Safe for many threads.
 */
public final class WrongAttempts {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** After so long without a wrong attempt an address starts anew. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /** Checks and waiting answers of one address at a time; more are refused unread. */
    static final int MOST_WAITING = 4;

    /** The address that was silent longest goes first. */
    private static final int MOST_ADDRESSES = 10_000;

    private final Clock clock;
    private final Map<String, Address> addresses = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Address> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private static final class Address {
        private int wrong;
        private int waiting;
        private Instant last = Instant.MIN;
    }

    /** No attempts yet. */
    public WrongAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Takes a place for a check; false when too many of this address wait. Each place has to be given back with {@link #end}. */
    public synchronized boolean begin(String address) {
        Address its = addresses.computeIfAbsent(address, name -> new Address());
        if (its.waiting >= MOST_WAITING) {
            return false;
        }
        its.waiting++;
        return true;
    }

    /** The check said no: how long its answer has to wait. */
    public synchronized Duration wrong(String address) {
        Address its = addresses.computeIfAbsent(address, name -> new Address());
        Instant now = clock.instant();
        if (its.last.isBefore(now.minus(FORGOTTEN))) {
            its.wrong = 0;
        }
        its.last = now;
        its.wrong++;
        Duration delay = FIRST.multipliedBy(1L << Math.min(its.wrong - 1, 10));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    /** The answer was given. */
    public synchronized void end(String address) {
        Address its = addresses.get(address);
        if (its != null && its.waiting > 0) {
            its.waiting--;
        }
    }
}
