package io.mgnlbackup.page;

import io.mgnlbackup.catalog.ClusterArchive;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Times as people read them, to the second, on the clocks of one zone. */
record LocalTimes(ZoneId zone) {

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    /** Stretches that a sentence names; older ones are counted. */
    private static final int MOST_NAMED = 4;

    /** For example {@code 2026-03-01 12:00:00}. */
    String of(Instant time) {
        return SECOND.format(time.atZone(zone));
    }

    /** As a field of the type {@code datetime-local} takes it. */
    String forField(Instant time) {
        return FIELD.format(time.atZone(zone));
    }

    /** What the clocks are called. */
    String zoneName() {
        return zone.getId().equals("Z") ? "UTC" : zone.getId();
    }

    /** The whole seconds of a stretch, so that each second that is named is in it. */
    String of(ClusterArchive.Range range) {
        Instant from = range.from().truncatedTo(ChronoUnit.SECONDS);
        Instant first = from.isBefore(range.from()) ? from.plusSeconds(1) : from;
        return first.isAfter(range.to())
                ? EXACT.format(range.to().atZone(zone)) + " only"
                : of(first) + " to " + of(range.to());
    }

    /** The newest of these stretches, in the order of time. */
    String of(List<ClusterArchive.Range> ranges) {
        int left = Math.max(0, ranges.size() - MOST_NAMED);
        String named =
                ranges.subList(left, ranges.size()).stream().map(this::of).collect(Collectors.joining(", "));
        return left == 0 ? named : named + ", and " + left + " earlier";
    }
}
