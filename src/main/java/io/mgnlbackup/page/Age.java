package io.mgnlbackup.page;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, or how soon it will be, in the words of people. */
final class Age {

    private Age() {}

    /** For example {@code 3 h ago} or {@code in 20 min}. */
    static String of(Instant time, Instant now) {
        Duration between = Duration.between(time, now);
        return between.isNegative() ? "in " + text(between.negated()) : text(between) + " ago";
    }

    /** For example {@code 3 h}. */
    static String text(Duration duration) {
        if (duration.toSeconds() < 90) {
            return duration.toSeconds() + " s";
        }
        if (duration.toMinutes() < 90) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
    }
}
