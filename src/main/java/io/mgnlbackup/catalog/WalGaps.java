package io.mgnlbackup.catalog;

import io.mgnlbackup.postgres.SegmentSize;
import io.mgnlbackup.postgres.TimelineHistory;
import io.mgnlbackup.postgres.WalSegmentName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the segments that are missing behind a base backup although later ones are archived. */
public final class WalGaps {

    /** More missing segments than that are not counted one by one. */
    private static final int MOST = 100_000;

    private WalGaps() {}

    /**
     * A stretch of missing segments of one timeline.
     *
     * @param first that is missing
     * @param last that is missing
     */
    public record Gap(String first, String last, int count) {

        @Override
        public String toString() {
            return count == 1 ? first : first + " to " + last;
        }
    }

    /**
     * The gaps, oldest first.
     *
     * @param waiting names of files that are on their way
     */
    public static List<Gap> find(ClusterArchive archive, Set<String> waiting) {
        List<Gap> gaps = new ArrayList<>();
        Set<String> known = new HashSet<>(waiting);
        for (long timeline : archive.timelines()) {
            TimelineHistory history = archive.history(timeline);
            archive.bases().stream()
                    .filter(base -> WalChain.leads(base, history))
                    .min(Comparator.comparing(BaseBackup::start))
                    .ifPresent(base -> find(archive, base, history, known, gaps));
        }
        return gaps;
    }

    private static void find(
            ClusterArchive archive, BaseBackup base, TimelineHistory history, Set<String> known, List<Gap> gaps) {
        Optional<String> end = lastPlace(archive, history);
        SegmentSize size = base.size();
        Optional<Gap> open = Optional.empty();
        WalSegmentName at = base.first();
        for (int i = 0; end.isPresent() && i < MOST && place(at).compareTo(end.get()) <= 0; i++) {
            String name = new WalSegmentName(history.holding(at, size), at.log(), at.part()).toString();
            boolean missing = !archive.segments().containsKey(name) && known.add(name);
            if (missing) {
                open = Optional.of(open.map(gap -> new Gap(gap.first(), name, gap.count() + 1))
                        .orElse(new Gap(name, name, 1)));
            } else {
                open.ifPresent(gaps::add);
                open = Optional.empty();
            }
            at = at.next(size);
        }
        open.ifPresent(gaps::add);
    }

    /** Behind the place of the last segment on the way nothing is missing yet. */
    private static Optional<String> lastPlace(ClusterArchive archive, TimelineHistory history) {
        return archive.segments().keySet().stream()
                .filter(name -> history.timeline() == Long.parseLong(name.substring(0, 8), 16))
                .map(name -> name.substring(8))
                .max(Comparator.naturalOrder());
    }

    /** The position in the name; the positions of segments sort as their texts do. */
    private static String place(WalSegmentName name) {
        return name.toString().substring(8);
    }
}
