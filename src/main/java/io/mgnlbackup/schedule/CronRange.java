package io.mgnlbackup.schedule;

/**
 * Reads one range of a field: {@code 5}, {@code 1-5}, {@code *}, {@code 10-50/20}, {@code 3/15} (from 3 to the end), {@code mon-fri}.
 *
 * <p>What stands behind a dash after {@code *} is not looked at, as in robfig/cron.
 */
record CronRange(CronUnit unit, String text) {

    CronField parse() {
        String[] rangeAndStep = text.split("/", -1);
        if (rangeAndStep.length > 2) {
            throw wrong("it has more than one slash");
        }
        String[] bounds = rangeAndStep[0].split("-", -1);
        boolean star = bounds[0].equals("*") || bounds[0].equals("?");
        if (!star && bounds.length > 2) {
            throw wrong("it has more than one dash");
        }
        long step = rangeAndStep.length == 2 ? number(rangeAndStep[1]) : 1;
        if (step == 0) {
            throw wrong("a step is at least 1");
        }
        if (star) {
            return new CronField(bits(unit.min(), unit.max(), step), step == 1);
        }
        long first = value(bounds[0]);
        boolean open = bounds.length == 1 && rangeAndStep.length == 2;
        long last = open ? unit.max() : value(bounds[bounds.length - 1]);
        if (first > last) {
            throw wrong("it ends before it begins");
        }
        return new CronField(bits(first, last, step), false);
    }

    private long value(String word) {
        long value = unit.named(word);
        if (value < 0) {
            value = number(word);
        }
        if (value < unit.min() || value > unit.max()) {
            throw wrong("'" + word + "' is out of range");
        }
        return value;
    }

    /** A number as Go's strconv.Atoi takes it, but not negative. */
    private long number(String word) {
        String digits = word.startsWith("+") ? word.substring(1) : word;
        if (digits.startsWith("-") || digits.startsWith("+") || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong("'" + word + "' is not known");
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw wrong(digits.isEmpty() ? "a number is missing" : "'" + word + "' is out of range");
        }
    }

    private static long bits(long first, long last, long step) {
        long bits = 0;
        for (long value = first; value <= last; value += Math.min(step, Long.SIZE)) {
            bits |= 1L << value;
        }
        return bits;
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(unit + " '" + text + "': " + why + ", accepted are " + unit.accepted()
                + ", lists (a,b), ranges (a-b), steps (*/n, a-b/n) and *");
    }
}
