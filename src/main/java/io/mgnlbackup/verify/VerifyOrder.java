package io.mgnlbackup.verify;

import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.CatalogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides what a run reads: what was never verified, the newest first, then what was verified longest ago. */
public final class VerifyOrder {

    private VerifyOrder() {}

    /**
     * The objects of a run.
     *
     * @param known what is known of an object
     * @param bytes how much to read; the first object is read whatever its size
     */
    static List<CatalogEntry> choose(
            List<CatalogEntry> entries, Function<CatalogEntry, Optional<Verified>> known, long bytes) {
        Comparator<CatalogEntry> longestAgo = Comparator.comparing(
                entry -> known.apply(entry).map(Verified::at).orElse(Instant.MIN));
        List<CatalogEntry> ordered = entries.stream()
                .filter(VerifyOrder::lasts)
                .sorted(longestAgo.thenComparing(
                        Comparator.comparing(CatalogEntry::time).reversed()))
                .toList();
        List<CatalogEntry> chosen = new ArrayList<>();
        long left = bytes;
        for (CatalogEntry entry : ordered) {
            if (!chosen.isEmpty() && entry.object().size() > left) {
                break;
            }
            chosen.add(entry);
            left -= entry.object().size();
        }
        return chosen;
    }

    /** Whether an object is ever read: lists of links expire, and have nothing to compare. */
    public static boolean lasts(CatalogEntry entry) {
        return BackupKind.of(entry.name()).filter(BackupKind.RESTORE::equals).isEmpty();
    }
}
