package io.mgnlbackup.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened in all rounds so far. Safe for many threads. */
final class Tally {

    private final Map<String, AtomicInteger> counts = new ConcurrentSkipListMap<>();
    private final AtomicInteger events = new AtomicInteger();

    /** Something went wrong on purpose, and really did. */
    void happened(Disturbance what) {
        events.incrementAndGet();
        count(what.kind().toString());
    }

    /** Something else that is good to know. */
    void count(String what) {
        count(what, 1);
    }

    void count(String what, int more) {
        counts.computeIfAbsent(what, key -> new AtomicInteger()).addAndGet(more);
    }

    /** Kills and faults so far. */
    int events() {
        return events.get();
    }

    @Override
    public String toString() {
        return events + " events: " + counts;
    }
}
