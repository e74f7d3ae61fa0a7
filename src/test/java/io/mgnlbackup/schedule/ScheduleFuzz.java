package io.mgnlbackup.schedule;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Schedules. */
public final class ScheduleFuzz {

    private static final Instant FROM = Instant.parse("2024-02-28T22:47:13Z");
    private static final int LOOKED_AT = 60;

    private ScheduleFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("schedule", ScheduleFuzz::schedule, "cron-fields", ScheduleFuzz::cronFields);
    }

    /** The next time is later and the one before earlier, and both are due; nothing that is due is passed over. */
    static void schedule(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 2);
        Instant from = FROM.plusSeconds(Integer.toUnsignedLong(lines.get(1).hashCode()));
        Schedule schedule;
        try {
            schedule = Schedule.parse(lines.get(0), ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            require(e.getMessage() != null && e.getMessage().startsWith("schedule '"), "a reason", lines.get(0));
            return;
        }
        Optional<Instant> next = schedule.next(from);
        Optional<Instant> previous = schedule.previous(from);
        require(next.isEmpty() || next.get().isAfter(from), "the next is later", lines.get(0), from, next);
        require(previous.isEmpty() || !previous.get().isAfter(from), "the one before is not", lines.get(0), previous);
        if (schedule instanceof CronSchedule cron && cron.zone().equals(ZoneOffset.UTC)) {
            require(next.isEmpty() || cron.matches(next.get()), "the next is due", lines.get(0), next);
            require(previous.isEmpty() || cron.matches(previous.get()), "so is the one before", lines.get(0), previous);
            nothingBetween(cron, from, next);
        }
    }

    private static void nothingBetween(CronSchedule cron, Instant from, Optional<Instant> next) {
        Instant minute = from.truncatedTo(ChronoUnit.MINUTES);
        for (int i = 1; i <= LOOKED_AT; i++) {
            Instant looked = minute.plus(Duration.ofMinutes(i));
            boolean before = next.isEmpty() || looked.isBefore(next.get());
            require(!before || !cron.matches(looked), "a due time is passed over", cron, from, looked);
        }
    }

    /** A field takes what a plain reading of it takes. */
    static void cronFields(byte[] input) {
        String text = Fuzzed.text(input);
        for (CronUnit unit : CronUnit.values()) {
            CronField field;
            try {
                field = CronField.parse(unit, text);
            } catch (IllegalArgumentException e) {
                continue;
            }
            for (int value = 0; value < Long.SIZE; value++) {
                boolean inside = value >= unit.min() && value <= unit.max();
                require(inside || !field.has(value), "only what the unit has", unit, text, value);
            }
            if (text.matches("[0-9]{1,2}")) {
                require(field.values() == 1L << Integer.parseInt(text), "a number is itself", unit, text);
            }
        }
    }
}
