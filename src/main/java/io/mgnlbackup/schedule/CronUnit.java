package io.mgnlbackup.schedule;

import java.util.List;
import java.util.Locale;

/** The five fields of a cron line, in their order, with the values that they take. */
enum CronUnit {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY_OF_MONTH("day of month", 1, 31, ""),
    MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    DAY_OF_WEEK("day of week", 0, 6, "sun mon tue wed thu fri sat");

    private final String label;
    private final int min;
    private final int max;

    /** In lower case, with blanks between them; the first stands for {@code min}. */
    private final String names;

    CronUnit(String label, int min, int max, String names) {
        this.label = label;
        this.min = min;
        this.max = max;
        this.names = names;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    /** The value of a name in any case, or -1. */
    int named(String name) {
        int index = names().indexOf(lowerCase(name));
        return index < 0 ? -1 : index + min;
    }

    /** What the field takes, for an error. */
    String accepted() {
        String range = min + "-" + max;
        return names.isEmpty() ? range : range + " or " + names().get(0) + "-" + names().get(names().size() - 1);
    }

    private List<String> names() {
        return names.isEmpty() ? List.of() : List.of(names.split(" "));
    }

    @Override
    public String toString() {
        return label;
    }

    /** Letter by letter, since the whole-string form of Java turns some letters into two. */
    private static String lowerCase(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.toLowerCase(Locale.ROOT);
        }
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
