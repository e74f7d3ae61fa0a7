package io.mgnlbackup.catalog;

import io.mgnlbackup.store.Tags;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.WeekFields;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tags {@code daily}, {@code weekly} and {@code monthly}: every backup is daily, the first of an ISO week weekly, the first of a month
 * monthly. Other objects have none.
 */
final class IntervalTags {

    static final String DAILY = "daily";
    static final String WEEKLY = "weekly";
    static final String MONTHLY = "monthly";

    private static final Set<String> NAMES = Set.of(DAILY, WEEKLY, MONTHLY);

    private final ZoneId zone;
    private final Set<Object> begun = new HashSet<>();

    private IntervalTags(ZoneId zone) {
        this.zone = zone;
    }

    /** The entries in their order, with the tags that follow from all of them. */
    static List<CatalogEntry> onAll(List<CatalogEntry> entries, ZoneId zone) {
        IntervalTags intervals = new IntervalTags(zone);
        Map<String, Tags> tagged = new TreeMap<>();
        entries.stream()
                .filter(IntervalTags::isBackup)
                .sorted(Comparator.comparing(CatalogEntry::time).thenComparing(CatalogEntry::name))
                .forEach(entry -> tagged.put(entry.name(), intervals.next(entry.tags(), entry.time())));
        return entries.stream()
                .map(entry -> new CatalogEntry(
                        entry.object(), tagged.getOrDefault(entry.name(), without(entry.tags())), entry.time()))
                .toList();
    }

    /** The tags of a backup that starts now, after all these. */
    static Tags onNew(List<CatalogEntry> before, Tags tags, Instant start, ZoneId zone) {
        IntervalTags intervals = new IntervalTags(zone);
        before.stream().filter(IntervalTags::isBackup).forEach(entry -> intervals.next(Tags.NONE, entry.time()));
        return intervals.next(tags, start);
    }

    private Tags next(Tags tags, Instant time) {
        LocalDate day = time.atZone(zone).toLocalDate();
        Tags with = without(tags).with(DAILY, "true");
        if (begun.add(Week.of(day))) {
            with = with.with(WEEKLY, "true");
        }
        return begun.add(YearMonth.from(day)) ? with.with(MONTHLY, "true") : with;
    }

    private static Tags without(Tags tags) {
        if (Collections.disjoint(tags.values().keySet(), NAMES)) {
            return tags; // nearly all objects are WAL
        }
        Map<String, String> rest = new TreeMap<>(tags.values());
        rest.keySet().removeAll(NAMES);
        return Tags.of(rest);
    }

    private static boolean isBackup(CatalogEntry entry) {
        return BackupKind.of(entry.name()).filter(BackupKind::isBackup).isPresent();
    }

    private record Week(int year, int week) {

        static Week of(LocalDate day) {
            return new Week(day.get(WeekFields.ISO.weekBasedYear()), day.get(WeekFields.ISO.weekOfWeekBasedYear()));
        }
    }
}
