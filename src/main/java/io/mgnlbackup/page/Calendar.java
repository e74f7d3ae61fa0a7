package io.mgnlbackup.page;

import io.mgnlbackup.catalog.CatalogEntry;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A picture of the last weeks: a column a week, a square a day.
 *
 * @param days squares, oldest first
 * @param months labels above the weeks in which months begin
 * @param width in pixels
 * @param summary the same in a sentence
 */
record Calendar(List<Day> days, List<Month> months, int width, String summary) {

    private static final int WEEKS = 26;
    private static final int STEP = 14;
    private static final int TOP = 18;

    /**
     * A square.
     *
     * @param kind a style class: {@code none}, {@code gap}, {@code daily}, {@code weekly} or {@code monthly}
     */
    record Day(int x, int y, String kind, String title) {}

    /** A label. */
    record Month(int x, String name) {}

    /**
     * Draws these backups.
     *
     * @param due whether the schedule wants a backup on a day
     * @param keptDays so many days back a day without a backup is a gap; before, it may have been deleted
     */
    static Calendar of(
            List<CatalogEntry> backups, LocalDate today, ZoneId zone, int keptDays, Predicate<LocalDate> due) {
        Map<LocalDate, List<CatalogEntry>> byDay = new HashMap<>();
        for (CatalogEntry backup : backups) {
            byDay.computeIfAbsent(backup.time().atZone(zone).toLocalDate(), day -> new ArrayList<>())
                    .add(backup);
        }
        LocalDate oldest = byDay.keySet().stream().min(LocalDate::compareTo).orElse(today);
        LocalDate begin =
                today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(WEEKS - 1L);
        List<Day> days = new ArrayList<>();
        List<Month> months = new ArrayList<>();
        int gaps = 0;
        for (LocalDate day = begin; !day.isAfter(today); day = day.plusDays(1)) {
            int x = (int) ChronoUnit.WEEKS.between(begin, day) * STEP;
            boolean expected = day.isAfter(oldest)
                    && day.isBefore(today)
                    && day.isAfter(today.minusDays(keptDays))
                    && due.test(day);
            List<CatalogEntry> there = byDay.getOrDefault(day, List.of());
            String kind = kind(there, expected);
            gaps += kind.equals("gap") ? 1 : 0;
            days.add(new Day(x, TOP + (day.getDayOfWeek().getValue() - 1) * STEP, kind, title(day, there, expected)));
            if (day.getDayOfMonth() == 1) {
                months.add(new Month(x, day.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)));
            }
        }
        String summary = "The last %d weeks: backups on %d days, %d days without one that should have one"
                .formatted(
                        WEEKS,
                        byDay.keySet().stream()
                                .filter(day -> !day.isBefore(begin))
                                .count(),
                        gaps);
        return new Calendar(days, months, WEEKS * STEP, summary);
    }

    private static String kind(List<CatalogEntry> there, boolean expected) {
        if (there.isEmpty()) {
            return expected ? "gap" : "none";
        }
        if (there.stream().anyMatch(backup -> backup.is("monthly"))) {
            return "monthly";
        }
        return there.stream().anyMatch(backup -> backup.is("weekly")) ? "weekly" : "daily";
    }

    private static String title(LocalDate day, List<CatalogEntry> there, boolean expected) {
        String date = DateTimeFormatter.ISO_LOCAL_DATE.format(day);
        if (there.isEmpty()) {
            return date + (expected ? ": no backup" : "");
        }
        return date + ": " + (there.size() == 1 ? "1 backup" : there.size() + " backups");
    }
}
