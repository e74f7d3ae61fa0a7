package io.mgnlbackup.bundle;

import io.mgnlbackup.catalog.ArchivedFile;
import io.mgnlbackup.catalog.BaseBackup;
import io.mgnlbackup.catalog.CatalogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that restores a cluster to an instant.
 *
 * @param wal segments in the order in which recovery reads them, from the start of the base backup on
 * @param histories of the timelines on the way
 * @param timeline on which recovery ends
 * @param target where recovery has to stop; empty when it goes on to the end of the WAL, which is the instant that was asked for
 */
public record Bundle(
        BaseBackup base,
        List<ArchivedFile> wal,
        List<ArchivedFile> histories,
        long timeline,
        Optional<Instant> target) {

    /** Copies the lists. */
    public Bundle {
        wal = List.copyOf(wal);
        histories = List.copyOf(histories);
    }

    /** The archived files that recovery reads. */
    public List<ArchivedFile> files() {
        return Stream.concat(histories.stream(), wal.stream()).toList();
    }

    /** The objects: the base backup, its meta object, the archived files. */
    public List<CatalogEntry> entries() {
        return Stream.concat(
                        Stream.of(base.base(), base.meta()), files().stream().map(ArchivedFile::entry))
                .toList();
    }
}
