package io.mgnlbackup.page;

import io.mgnlbackup.catalog.ArchivedFile;
import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.WalGaps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where in time missing WAL would be, as its neighbours tell.
 *
 * @param from when the segment before ended
 * @param to when the segment behind began
 */
record GapPlace(WalGaps.Gap gap, Instant from, Instant to) {

    /** The places of these gaps; of one without any neighbour nobody knows when it was. */
    static List<GapPlace> of(ClusterArchive cluster, List<WalGaps.Gap> gaps) {
        if (gaps.isEmpty()) {
            return List.of();
        }
        Map<Long, TreeSet<String>> names = cluster.segmentsByTimeline();
        return gaps.stream().flatMap(gap -> of(cluster, names, gap).stream()).toList();
    }

    private static Optional<GapPlace> of(ClusterArchive cluster, Map<Long, TreeSet<String>> names, WalGaps.Gap gap) {
        Optional<Instant> before = file(cluster, on(names, gap.first()).lower(gap.first()))
                .map(file -> file.times().last().orElse(file.entry().time()));
        Optional<Instant> behind = file(cluster, on(names, gap.last()).higher(gap.last()))
                .map(file -> file.times().first().orElse(file.entry().time()));
        return before.or(() -> behind).map(from -> {
            Instant to = behind.orElse(from);
            return new GapPlace(gap, from, to.isBefore(from) ? from : to);
        });
    }

    private static TreeSet<String> on(Map<Long, TreeSet<String>> names, String segment) {
        return names.getOrDefault(Long.parseLong(segment.substring(0, 8), 16), new TreeSet<>());
    }

    private static Optional<ArchivedFile> file(ClusterArchive cluster, @Nullable String name) {
        return Optional.ofNullable(name)
                .flatMap(there -> Optional.ofNullable(cluster.segments().get(there)));
    }

    boolean overlaps(ClusterArchive.Range range) {
        return !to.isBefore(range.from()) && !from.isAfter(range.to());
    }
}
