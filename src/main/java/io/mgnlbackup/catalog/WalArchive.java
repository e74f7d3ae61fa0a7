package io.mgnlbackup.catalog;

import io.mgnlbackup.postgres.WalFileName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a catalog shows of WAL mode: base backups and archived files, by cluster.
 *
 * @param bases complete ones, oldest first
 * @param files in store order
 */
public record WalArchive(List<BaseBackup> bases, List<ArchivedFile> files) {

    /** Copies the lists. */
    public WalArchive {
        bases = List.copyOf(bases);
        files = List.copyOf(files);
    }

    /** What these entries show. */
    public static WalArchive of(List<CatalogEntry> entries) {
        return new WalArchive(
                bases(entries),
                entries.stream()
                        .flatMap(entry -> ArchivedFile.of(entry).stream())
                        .toList());
    }

    /** The base backups that these entries show, oldest first. */
    static List<BaseBackup> bases(List<CatalogEntry> entries) {
        Map<String, CatalogEntry> metas = metas(entries);
        return entries.stream()
                .flatMap(entry ->
                        Optional.ofNullable(metas.get(entry.name()))
                                .flatMap(meta -> BaseBackup.of(entry, meta))
                                .stream())
                .sorted(Comparator.comparing(BaseBackup::endedAt))
                .toList();
    }

    /** Meta objects by the name of the base backup that they make complete. */
    public static Map<String, CatalogEntry> metas(List<CatalogEntry> entries) {
        Map<String, CatalogEntry> metas = new HashMap<>();
        for (CatalogEntry entry : entries) {
            if (BackupKind.of(entry.name())
                    .filter(kind -> kind == BackupKind.META)
                    .isPresent()) {
                entry.tags().get(ArchiveTags.PARENT).ifPresent(parent -> metas.put(parent, entry));
            }
        }
        return metas;
    }

    /** The base backup that ended last. */
    public Optional<BaseBackup> newestBase() {
        return bases.isEmpty() ? Optional.empty() : Optional.of(bases.get(bases.size() - 1));
    }

    /** The segments of a cluster by the names of their files; of two of the same name, which hold the same, the older one. */
    private Map<String, ArchivedFile> segments(String system) {
        return files.stream()
                .filter(file -> file.isSegment() && file.system().equals(system))
                .collect(Collectors.toMap(file -> file.name().text(), file -> file, (one, other) -> older(one, other)));
    }

    /** The history files of a cluster by their timelines; they do not say whose they are, so those that nobody knew count for all. */
    private Map<Long, ArchivedFile> histories(String system) {
        return files.stream()
                .filter(file -> file.name().kind() == WalFileName.Kind.HISTORY
                        && file.history().isPresent())
                .filter(file -> file.system().isEmpty() || file.system().equals(system))
                .collect(Collectors.toMap(
                        file -> file.name().timeline().orElseThrow(), file -> file, (one, other) -> older(one, other)));
    }

    private static ArchivedFile older(ArchivedFile one, ArchivedFile other) {
        return one.entry().name().compareTo(other.entry().name()) <= 0 ? one : other;
    }

    /** What there is of the cluster that the newest base backup is of; empty without any. */
    public Optional<ClusterArchive> newestCluster() {
        return newestBase().map(BaseBackup::system).map(this::cluster);
    }

    private ClusterArchive cluster(String system) {
        return new ClusterArchive(
                system,
                bases.stream().filter(base -> base.system().equals(system)).toList(),
                segments(system),
                histories(system));
    }
}
