package io.mgnlbackup.faults;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.WeekFields;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What retention has to keep, worked out from the names of the backups alone, by the words of docs/retention.md and not by the code that
 * deletes.
 */
record KeptByTheBook(int days, int weeks, int months) {

    private static final Pattern TIME = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)-(\\d\\d)(\\d\\d)(\\d\\d)");

    /** When a backup of this name began, in UTC. */
    static LocalDateTime time(String name) {
        Matcher time = TIME.matcher(name);
        if (!time.find()) {
            throw new IllegalArgumentException(name);
        }
        int[] n = new int[7];
        for (int i = 1; i <= 6; i++) {
            n[i] = Integer.parseInt(time.group(i));
        }
        return LocalDateTime.of(n[1], n[2], n[3], n[4], n[5], n[6]);
    }

    /** Those of these backups that stay. */
    Set<String> of(Collection<String> names) {
        Set<String> kept = new HashSet<>();
        Collection<TreeSet<String>> byDay =
                newest(names, days, name -> time(name).toLocalDate());
        byDay.forEach(kept::addAll);
        newest(names, weeks, name -> monday(time(name).toLocalDate())).forEach(week -> kept.add(week.first()));
        newest(names, months, name -> YearMonth.from(time(name))).forEach(month -> kept.add(month.first()));
        names.stream().max(String::compareTo).ifPresent(kept::add);
        return kept;
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(WeekFields.ISO.dayOfWeek(), 1);
    }

    /** The newest intervals that have backups, each with its own in the order of time, which is that of the names. */
    private static <I extends Comparable<? super I>> List<TreeSet<String>> newest(
            Collection<String> names, int count, Function<String, I> interval) {
        TreeMap<I, TreeSet<String>> all = new TreeMap<>();
        names.forEach(name -> all.computeIfAbsent(interval.apply(name), key -> new TreeSet<>())
                .add(name));
        return all.descendingMap().values().stream().limit(count).toList();
    }
}
