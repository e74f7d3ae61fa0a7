package io.mgnlbackup.catalog;

import io.mgnlbackup.store.Tags;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What follows from meta objects: a base backup without one does not count, and one that has one shows its facts. */
final class BaseBackupTags {

    private static final List<String> SHOWN = List.of(
            ArchiveTags.END,
            ArchiveTags.SYSTEM,
            ArchiveTags.VERSION,
            ArchiveTags.TIMELINE,
            ArchiveTags.FIRST,
            ArchiveTags.LAST,
            ArchiveTags.START_LSN,
            ArchiveTags.STOP_LSN);

    private BaseBackupTags() {}

    /** All entries in their order: under {@code true} what counts, under {@code false} unfinished base backups. */
    static Map<Boolean, List<CatalogEntry>> complete(List<CatalogEntry> entries) {
        Map<String, CatalogEntry> metas = WalArchive.metas(entries);
        return entries.stream()
                .map(entry -> metas.containsKey(entry.name()) ? withFacts(entry, metas.get(entry.name())) : entry)
                .collect(Collectors.partitioningBy(entry -> !isBase(entry) || metas.containsKey(entry.name())));
    }

    private static boolean isBase(CatalogEntry entry) {
        return BackupKind.of(entry.name())
                .filter(kind -> kind == BackupKind.BASE_BACKUP)
                .isPresent();
    }

    private static CatalogEntry withFacts(CatalogEntry base, CatalogEntry meta) {
        Tags tags = base.tags();
        for (String name : SHOWN) {
            if (meta.tags().get(name).isPresent()) {
                tags = tags.with(name, meta.tags().get(name).get());
            }
        }
        return new CatalogEntry(base.object(), tags, base.time());
    }
}
