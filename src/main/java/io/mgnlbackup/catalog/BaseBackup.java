package io.mgnlbackup.catalog;

import io.mgnlbackup.postgres.Lsn;
import io.mgnlbackup.postgres.SegmentSize;
import io.mgnlbackup.postgres.WalSegmentName;
import io.mgnlbackup.store.Tags;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A complete base backup: its bytes and its meta object, whose tags tell the facts.
 *
 * @param system the cluster
 * @param start where recovery begins to read
 * @param stop where the backup is consistent
 * @param first the segment that holds the start
 * @param last the segment that holds the stop
 * @param startedAt when it was started
 * @param endedAt when it had ended: instants before cannot be reached from it
 */
public record BaseBackup(
        CatalogEntry base,
        CatalogEntry meta,
        String system,
        Lsn start,
        Lsn stop,
        WalSegmentName first,
        WalSegmentName last,
        SegmentSize size,
        Instant startedAt,
        Instant endedAt) {

    /** What a base backup and its meta object tell; empty when the meta object is not one of ours. */
    static Optional<BaseBackup> of(CatalogEntry base, CatalogEntry meta) {
        Tags tags = meta.tags();
        try {
            return tags.get(ArchiveTags.START_LSN)
                    .map(start -> new BaseBackup(
                            base,
                            meta,
                            tags.get(ArchiveTags.SYSTEM).orElse(""),
                            Lsn.parse(start),
                            Lsn.parse(text(tags, ArchiveTags.STOP_LSN)),
                            WalSegmentName.parse(text(tags, ArchiveTags.FIRST)),
                            WalSegmentName.parse(text(tags, ArchiveTags.LAST)),
                            new SegmentSize(Integer.parseInt(text(tags, ArchiveTags.SEGMENT_BYTES))),
                            Instant.parse(text(tags, ArchiveTags.START)),
                            Instant.parse(text(tags, ArchiveTags.END))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Checks that the segments are some of that size. */
    public BaseBackup {
        if (!first.fits(size) || !last.fits(size)) {
            throw new IllegalArgumentException("no segments of " + size.bytes() + " bytes have these names");
        }
    }

    private static String text(Tags tags, String name) {
        return tags.get(name).orElse("");
    }

    /** The timeline on which it was taken. */
    public long timeline() {
        return first.timeline();
    }
}
