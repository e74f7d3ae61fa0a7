package io.mgnlbackup.catalog;

import io.mgnlbackup.postgres.SegmentSize;
import io.mgnlbackup.postgres.TimelineHistory;
import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.postgres.WalSegmentName;
import io.mgnlbackup.postgres.WalTimes;
import io.mgnlbackup.store.Tags;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An archived WAL file in the store, as its tags tell.
 *
 * @param system the cluster; empty where the file itself does not say and nobody knew
 * @param segment what a segment, a partial one or a {@code .backup} file is named after
 * @param size of the segments; the default where the file does not say
 * @param times of the transactions in a segment
 * @param history of a history file
 */
public record ArchivedFile(
        CatalogEntry entry,
        WalFileName name,
        String system,
        Optional<WalSegmentName> segment,
        SegmentSize size,
        WalTimes times,
        Optional<TimelineHistory> history) {

    /** The file in an object; empty for an object that holds none, or that another program wrote. */
    public static Optional<ArchivedFile> of(CatalogEntry entry) {
        Tags tags = entry.tags();
        if (BackupKind.of(entry.name()).filter(kind -> kind == BackupKind.WAL).isEmpty()) {
            return Optional.empty();
        }
        try {
            return tags.get(ArchiveTags.FILE)
                    .map(WalFileName::of)
                    .filter(name -> name.kind() != WalFileName.Kind.OTHER)
                    .map(name -> of(entry, tags, name));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty(); // not written by us
        }
    }

    private static ArchivedFile of(CatalogEntry entry, Tags tags, WalFileName name) {
        return new ArchivedFile(
                entry,
                name,
                tags.get(ArchiveTags.SYSTEM).orElse(""),
                name.segment(),
                tags.get(ArchiveTags.SEGMENT_BYTES)
                        .map(text -> new SegmentSize(Integer.parseInt(text)))
                        .orElse(SegmentSize.DEFAULT),
                new WalTimes(
                        tags.get(ArchiveTags.FIRST_COMMIT).map(Instant::parse),
                        tags.get(ArchiveTags.LAST_COMMIT).map(Instant::parse)),
                tags.get(ArchiveTags.HISTORY)
                        .flatMap(text -> name.timeline().map(timeline -> TimelineHistory.ofText(timeline, text))));
    }

    /** Whether it is a segment that recovery reads. */
    public boolean isSegment() {
        return name.kind() == WalFileName.Kind.SEGMENT;
    }
}
