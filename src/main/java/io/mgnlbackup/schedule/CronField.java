package io.mgnlbackup.schedule;

import java.util.StringTokenizer;

/**
 * One field of a cron line, read.
 *
 * @param values bit {@code i} is set if the field takes the value {@code i}
 * @param star whether a {@code *} or {@code ?} stands in it that no step above one narrows: this decides how the two day fields combine
 */
record CronField(long values, boolean star) {

    /** Reads a comma-separated list of ranges; empty pieces of it do not count. Throws {@link IllegalArgumentException}. */
    static CronField parse(CronUnit unit, String text) {
        long values = 0;
        boolean star = false;
        for (StringTokenizer pieces = new StringTokenizer(text, ","); pieces.hasMoreTokens(); ) {
            CronField range = new CronRange(unit, pieces.nextToken()).parse();
            values |= range.values;
            star |= range.star;
        }
        return new CronField(values, star);
    }

    boolean has(int value) {
        return (values & (1L << value)) != 0;
    }

    boolean isEmpty() {
        return values == 0;
    }
}
