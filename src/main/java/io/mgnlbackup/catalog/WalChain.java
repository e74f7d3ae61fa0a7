package io.mgnlbackup.catalog;

import io.mgnlbackup.postgres.TimelineHistory;
import io.mgnlbackup.postgres.WalSegmentName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The WAL that leads on from a base backup without a gap, along the way to one timeline.
 *
 * @param history of the timeline that it leads to
 * @param files in the order in which recovery reads them
 * @param next the first segment that is not there
 */
public record WalChain(BaseBackup base, TimelineHistory history, List<ArchivedFile> files, WalSegmentName next) {

    /** Copies the list. */
    public WalChain {
        files = List.copyOf(files);
    }

    /**
     * Follows the WAL from a base backup.
     *
     * @param segments of the cluster, by name
     */
    static WalChain follow(BaseBackup base, TimelineHistory history, Map<String, ArchivedFile> segments) {
        List<ArchivedFile> files = new ArrayList<>();
        WalSegmentName next = onTheWay(base.first(), base, history);
        for (ArchivedFile file = segments.get(next.toString()); file != null; file = segments.get(next.toString())) {
            files.add(file);
            next = onTheWay(next.next(base.size()), base, history);
        }
        return new WalChain(base, history, files, next);
    }

    private static WalSegmentName onTheWay(WalSegmentName place, BaseBackup base, TimelineHistory history) {
        return new WalSegmentName(history.holding(place, base.size()), place.log(), place.part());
    }

    /** Whether the base backup can lead to this timeline at all: it was taken on it, or before it branched off. */
    public static boolean leads(BaseBackup base, TimelineHistory history) {
        return history.timeline() == base.timeline()
                || history.endOf(base.timeline())
                        .filter(end -> base.stop().compareTo(end) <= 0)
                        .isPresent();
    }

    /** Whether there is WAL enough for the base backup to be consistent. */
    public boolean isConsistent() {
        return stopIndex() >= 0;
    }

    /** Where in the files the segment is in which the base backup becomes consistent; -1 if it is not there. */
    private int stopIndex() {
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i)
                    .name()
                    .text()
                    .substring(8)
                    .equals(base.last().toString().substring(8))) {
                return i;
            }
        }
        return -1;
    }

    /** The latest instant that recovery can stop at: of the last transaction, or else the end of the base backup. */
    public Instant reachesUntil() {
        return files.stream()
                .flatMap(file -> file.times().last().stream())
                .max(Comparator.naturalOrder())
                .filter(base.endedAt()::isBefore)
                .orElse(base.endedAt());
    }

    /** Whether recovery can stop at this instant. */
    public boolean covers(Instant target) {
        return isConsistent() && !target.isBefore(base.endedAt()) && !target.isAfter(reachesUntil());
    }

    /** How many of the files recovery reads until it knows that it has come to this instant. */
    public int filesUntil(Instant target) {
        for (int i = stopIndex(); i < files.size(); i++) {
            if (files.get(i).times().last().filter(target::isBefore).isPresent()) {
                return i + 1;
            }
        }
        return files.size();
    }

    /** Whether a transaction behind this instant tells recovery to stop. */
    public boolean goesBeyond(Instant target) {
        return reachesUntil().isAfter(target);
    }

    /** The last file. */
    public Optional<ArchivedFile> last() {
        return files.isEmpty() ? Optional.empty() : Optional.of(files.get(files.size() - 1));
    }
}
