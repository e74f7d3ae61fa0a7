package io.mgnlbackup.retention;

import io.mgnlbackup.config.Settings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides which backups stay: all of the newest {@code d} days that have any, the first one of each of the newest {@code w} ISO weeks, the
 * first one of each of the newest {@code m} months, and always the newest. A cycle of zeros keeps everything.
 *
 * <p>Days, weeks and months without a backup do not count, so a sidecar that was down for a year deletes nothing for that.
 *
 * @param zone says where a day begins
 */
public record RetentionPlanner(Settings.Cycle cycle, ZoneId zone) {

    /** A decision for each backup, newest first. */
    public List<Decision> plan(List<Candidate> backups) {
        List<Candidate> newestFirst = backups.stream()
                .sorted(Comparator.comparing(Candidate::time)
                        .thenComparing(Candidate::name)
                        .reversed())
                .toList();
        Map<String, List<String>> reasons = reasonsToKeep(newestFirst);
        return newestFirst.stream().map(backup -> decision(backup, reasons)).toList();
    }

    private Decision decision(Candidate backup, Map<String, List<String>> reasons) {
        return Optional.ofNullable(reasons.get(backup.name()))
                .map(why -> new Decision(backup, true, String.join(", ", why)))
                .orElseGet(() -> new Decision(
                        backup,
                        false,
                        "none of the newest %d days, first of %d weeks or first of %d months"
                                .formatted(cycle.daily(), cycle.weekly(), cycle.monthly())));
    }

    private Map<String, List<String>> reasonsToKeep(List<Candidate> newestFirst) {
        Map<String, List<String>> reasons = new HashMap<>();
        if (newestFirst.isEmpty()) {
            return reasons;
        }
        add(reasons, newestFirst.get(0), "the newest");
        if (keepsEverything()) {
            newestFirst.forEach(backup -> add(reasons, backup, "everything is kept"));
            return reasons;
        }
        Set<LocalDate> days = new HashSet<>();
        for (Candidate backup : newestFirst) {
            LocalDate day = day(backup.time());
            if (days.contains(day) || days.size() < cycle.daily()) {
                days.add(day);
                add(reasons, backup, "day " + day);
            }
        }
        firsts(newestFirst, RetentionPlanner::week, cycle.weekly())
                .forEach((week, backup) -> add(reasons, backup, "first of week " + week));
        firsts(newestFirst, YearMonth::from, cycle.monthly())
                .forEach((month, backup) -> add(reasons, backup, "first of month " + month));
        return reasons;
    }

    private boolean keepsEverything() {
        return cycle.daily() == 0 && cycle.weekly() == 0 && cycle.monthly() == 0;
    }

    /** The first backup of each of the newest intervals. */
    private <I> Map<I, Candidate> firsts(List<Candidate> newestFirst, Function<LocalDate, I> interval, int count) {
        Map<I, Candidate> firsts = new HashMap<>();
        for (Candidate backup : newestFirst) {
            I key = interval.apply(day(backup.time()));
            if (firsts.containsKey(key) || firsts.size() < count) {
                firsts.put(key, backup); // an older one of the same interval takes its place
            }
        }
        return firsts;
    }

    private LocalDate day(Instant time) {
        return time.atZone(zone).toLocalDate();
    }

    /** An ISO week, as in 2026-W07. */
    private static String week(LocalDate day) {
        return "%04d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private static void add(Map<String, List<String>> reasons, Candidate backup, String reason) {
        reasons.computeIfAbsent(backup.name(), name -> new ArrayList<>()).add(reason);
    }
}
