package io.mgnlbackup.catalog;

import io.mgnlbackup.postgres.WalFileName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The links of WAL objects to the base backup that they follow, as they are by the whole listing: what an object was stored with is what was
 * known then, and WAL that came before the first base backup was complete was stored without one.
 */
final class ParentTags {

    /** The base backups of each cluster by their timelines and the positions at which they start. */
    private final Map<String, TreeMap<String, BaseBackup>> bases = new HashMap<>();

    private ParentTags(List<BaseBackup> all) {
        all.forEach(base -> bases.computeIfAbsent(base.system(), system -> new TreeMap<>())
                .put(base.first().toString(), base));
    }

    /** The entries in their order, WAL with the links that follow from all of them. */
    static List<CatalogEntry> onAll(List<CatalogEntry> entries) {
        List<BaseBackup> all = WalArchive.bases(entries);
        if (all.isEmpty()) {
            return entries;
        }
        ParentTags parents = new ParentTags(all);
        return entries.stream().map(parents::linked).toList();
    }

    private CatalogEntry linked(CatalogEntry entry) {
        Optional<String> segment = entry.tags()
                .get(ArchiveTags.FILE)
                .map(WalFileName::of)
                .flatMap(WalFileName::segment)
                .map(Object::toString);
        return segment.flatMap(name -> parent(entry, name))
                .map(base -> new CatalogEntry(
                        entry.object(),
                        entry.tags()
                                .with(ArchiveTags.PARENT, base.base().name())
                                .with(ArchiveTags.START, base.startedAt().toString()),
                        entry.time()))
                .orElse(entry);
    }

    /** The newest one before it on its own timeline; for WAL of another timeline what was known when it was stored stays. */
    private Optional<BaseBackup> parent(CatalogEntry entry, String segment) {
        return entry.tags()
                .get(ArchiveTags.SYSTEM)
                .flatMap(system -> Optional.ofNullable(bases.get(system)))
                .flatMap(before -> Optional.ofNullable(before.floorEntry(segment)))
                .map(Map.Entry::getValue)
                .filter(base -> base.first().toString().regionMatches(0, segment, 0, 8));
    }
}
