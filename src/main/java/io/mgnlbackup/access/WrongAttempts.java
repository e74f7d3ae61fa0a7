package io.mgnlbackup.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a wrong attempt waits for its answer: longer with each one from the same address. Safe for many threads.
 *
 * <p>Somebody who guesses may share the address of everybody else, behind a proxy or a router. So neither a token nor a password that was
 * right a short time ago comes here at all ({@link Authenticator#recall}), a right one never waits, and while the answers to wrong ones hold
 * all places, one more becomes free each second.
 */
public final class WrongAttempts {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 10;

    /** After so long without a wrong attempt an address starts anew. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    /** Checks and waiting answers of one address at a time; more are refused unread, but for one a second. */
    static final int MOST_WAITING = 4;

    static final Duration EXTRA_EACH = Duration.ofSeconds(1);

    /** The address that was silent longest goes first. */
    static final int MOST_ADDRESSES = 10_000;

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
        private Instant extra = Instant.MIN;
    }

    /** No attempts yet. */
    public WrongAttempts(Clock clock) {
        this.clock = clock;
    }

    /** Takes a place for a check; false when too many of this address wait. Each place has to be given back with {@link #end}. */
    public synchronized boolean begin(String address) {
        Address its = of(address);
        if (its.waiting >= MOST_WAITING) {
            Instant now = clock.instant();
            if (now.isBefore(its.extra)) {
                return false;
            }
            its.extra = now.plus(EXTRA_EACH);
        }
        its.waiting++;
        return true;
    }

    /** The check said no: how long after the attempt its answer may go out. */
    public synchronized Duration wrong(String address) {
        Address its = of(address);
        Instant now = clock.instant();
        if (its.last.isBefore(now.minus(FORGOTTEN))) {
            its.wrong = 0;
        }
        its.last = now;
        Duration delay = FIRST.multipliedBy(1L << Math.min(its.wrong, MOST_DOUBLINGS));
        its.wrong++;
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    /** The answer was given. */
    public synchronized void end(String address) {
        Address its = addresses.get(address);
        if (its != null && its.waiting > 0) {
            its.waiting--;
        }
    }

    /** How many addresses are known. */
    synchronized int size() {
        return addresses.size();
    }

    private Address of(String address) {
        return addresses.computeIfAbsent(address, name -> new Address());
    }
}
