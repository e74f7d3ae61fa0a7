package io.mgnlbackup.cli;

import io.mgnlbackup.config.Rfc3339;
import io.mgnlbackup.schedule.Schedule;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next due times of a schedule: what the command {@code next} prints.
 *
 * @param schedule the very one that the server runs
 * @param from the first time is strictly later
 * @param count how many are wanted; fewer come if the schedule never fires again
 */
public record NextTimes(Schedule schedule, Instant from, int count) {

    /** Most times that can be asked for at once. */
    public static final int MAX_COUNT = 100_000;

    /** Checks the count; throws {@link IllegalArgumentException}. */
    public NextTimes {
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException("the number of times is not from 0 to " + MAX_COUNT + ": " + count);
        }
    }

    /** Reads the schedule; throws {@link IllegalArgumentException} saying what is wrong. */
    public static NextTimes of(String spec, ZoneId zone, Instant from, int count) {
        return new NextTimes(Schedule.parse(spec, zone), from, count);
    }

    /** The times, earliest first. */
    public List<Instant> list() {
        List<Instant> times = new ArrayList<>();
        Optional<Instant> time = schedule.next(from);
        while (times.size() < count && time.isPresent()) {
            times.add(time.get());
            time = schedule.next(time.get());
        }
        return times;
    }

    /** Prints the times, one RFC 3339 instant in UTC a line. */
    public void print(PrintWriter out) {
        list().forEach(time -> out.println(Rfc3339.format(time)));
        out.flush();
    }
}
