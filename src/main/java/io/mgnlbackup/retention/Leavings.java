package io.mgnlbackup.retention;

import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.catalog.WalArchive;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes together with backups that are not kept, and what is left over.
 *
 * @param entries in the order in which they are to be deleted
 * @param what they are, in words
 * @param reason why they go
 */
record Leavings(List<CatalogEntry> entries, String what, String reason) {

    /** The links in a bundle are dead by then. */
    private static final Duration BUNDLE_LIFETIME = Duration.ofDays(8);

    /** Copies the list. */
    Leavings {
        entries = List.copyOf(entries);
    }

    /**
     * In the order in which they are to be deleted: a base backup whose meta object is gone does not count any more, so that one goes
     * first; WAL goes when no backup needs it that counts.
     *
     * @param going names of backups that are not kept
     */
    static List<Leavings> of(Listing listing, List<CatalogEntry> ours, Set<String> going, Instant now) {
        List<Leavings> all = new ArrayList<>();
        List<CatalogEntry> keptBases = ours.stream()
                .filter(entry -> is(entry, BackupKind.BASE_BACKUP) && !going.contains(entry.name()))
                .toList();
        Set<String> keptNames = keptBases.stream().map(CatalogEntry::name).collect(Collectors.toSet());
        add(all, metas(ours, keptNames), "meta objects", "their base backups are not kept");
        add(
                all,
                ours.stream()
                        .filter(entry -> is(entry, BackupKind.BASE_BACKUP) && going.contains(entry.name()))
                        .toList(),
                "base backups",
                "see above");
        add(
                all,
                unfinished(listing, keptBases),
                "unfinished base backups",
                "they have no meta object, and a newer one is complete");
        WalNeed need = new WalNeed(WalArchive.of(ours), keptBases);
        add(
                all,
                ours.stream()
                        .filter(entry -> WalNeed.isWal(entry) && !need.needs(entry))
                        .toList(),
                "WAL objects",
                "no kept base backup needs them");
        add(
                all,
                ours.stream()
                        .filter(entry -> is(entry, BackupKind.RESTORE)
                                && entry.time().plus(BUNDLE_LIFETIME).isBefore(now))
                        .toList(),
                "bundles",
                "their links have expired");
        return all;
    }

    private static void add(List<Leavings> all, List<CatalogEntry> entries, String what, String reason) {
        if (!entries.isEmpty()) {
            all.add(new Leavings(entries, what, reason));
        }
    }

    private static List<CatalogEntry> metas(List<CatalogEntry> ours, Set<String> keptNames) {
        return ours.stream()
                .filter(entry -> is(entry, BackupKind.META))
                .filter(entry -> entry.tags()
                        .get(ArchiveTags.PARENT)
                        .filter(parent -> !keptNames.contains(parent))
                        .isPresent())
                .toList();
    }

    /** One that is newer than the newest complete one may be on its way. */
    private static List<CatalogEntry> unfinished(Listing listing, List<CatalogEntry> keptBases) {
        Optional<Instant> newest = keptBases.stream().map(CatalogEntry::time).max(Comparator.naturalOrder());
        return listing.unfinished().stream()
                .filter(entry -> newest.filter(entry.time()::isBefore).isPresent())
                .toList();
    }

    private static boolean is(CatalogEntry entry, BackupKind kind) {
        return BackupKind.of(entry.name()).filter(kind::equals).isPresent();
    }

    /** As a line of a plan. */
    Decision asDecision() {
        return new Decision(new Candidate(text(), entries.get(0).time()), false, reason);
    }

    /** How many, and the first and the last of them. */
    String text() {
        String first = entries.get(0).name();
        String last = entries.get(entries.size() - 1).name();
        return entries.size() + " " + what + ", "
                + Stream.of(first, last).distinct().collect(Collectors.joining(" to "));
    }
}
