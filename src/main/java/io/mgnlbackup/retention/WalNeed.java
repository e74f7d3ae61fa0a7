package io.mgnlbackup.retention;

import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.ArchivedFile;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.BaseBackup;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalChain;
import io.mgnlbackup.postgres.TimelineHistory;
import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.postgres.WalSegmentName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which archived WAL the kept base backups need: what is behind the start of one of them, on its timeline or on one that came from it. What
 * cannot be judged stays.
 */
final class WalNeed {

    private final List<BaseBackup> kept;
    private final Set<String> keptNames;
    private final Instant oldestKept;
    private final Optional<Instant> oldestOfOthers;
    private final Map<Long, TimelineHistory> histories = new HashMap<>();

    /**
     * The needs of these base backups.
     *
     * @param keptBases entries of all that stay, by whatever program they were written
     */
    WalNeed(WalArchive archive, List<CatalogEntry> keptBases) {
        keptNames = keptBases.stream().map(CatalogEntry::name).collect(Collectors.toSet());
        kept = archive.bases().stream()
                .filter(base -> keptNames.contains(base.base().name()))
                .toList();
        Set<String> known = kept.stream().map(base -> base.base().name()).collect(Collectors.toSet());
        oldestKept = keptBases.stream()
                .map(CatalogEntry::time)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MIN); // when none is kept, all WAL stays
        oldestOfOthers = keptBases.stream()
                .filter(base -> !known.contains(base.name()))
                .map(CatalogEntry::time)
                .min(Comparator.naturalOrder());
        archive.files()
                .forEach(file ->
                        file.history().ifPresent(history -> histories.putIfAbsent(history.timeline(), history)));
    }

    /** Whether an object of WAL has to stay. */
    boolean needs(CatalogEntry entry) {
        if (oldestOfOthers.filter(time -> !entry.time().isBefore(time)).isPresent()) {
            return true;
        }
        return ArchivedFile.of(entry).map(this::needs).orElseGet(() -> needsByTime(entry));
    }

    /** Written by another program: only times tell. */
    private boolean needsByTime(CatalogEntry entry) {
        boolean ofKept =
                entry.tags().get(ArchiveTags.PARENT).filter(keptNames::contains).isPresent();
        return ofKept || !entry.time().isBefore(oldestKept);
    }

    private boolean needs(ArchivedFile file) {
        List<BaseBackup> same = kept.stream()
                .filter(base -> file.system().isEmpty() || base.system().equals(file.system()))
                .toList();
        if (same.isEmpty()) {
            return !file.entry().time().isBefore(oldestKept); // of a cluster whose first base backup may be on its way
        }
        return same.stream().anyMatch(base -> needs(base, file));
    }

    private boolean needs(BaseBackup base, ArchivedFile file) {
        long timeline = file.name().timeline().orElseThrow();
        if (!mayLeadTo(base, timeline)) {
            return false;
        }
        return file.name().kind() == WalFileName.Kind.HISTORY
                || place(file.segment().orElseThrow()).compareTo(place(base.first())) >= 0;
    }

    private boolean mayLeadTo(BaseBackup base, long timeline) {
        TimelineHistory history = histories.get(timeline);
        return history == null
                ? timeline >= base.timeline() // nobody knows where it came from
                : WalChain.leads(base, history);
    }

    private static String place(WalSegmentName segment) {
        return segment.toString().substring(8);
    }

    /** Whether an entry is one of WAL at all. */
    static boolean isWal(CatalogEntry entry) {
        return BackupKind.of(entry.name())
                .filter(kind -> kind == BackupKind.WAL)
                .isPresent();
    }
}
