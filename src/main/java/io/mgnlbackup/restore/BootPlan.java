package io.mgnlbackup.restore;

import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.format.BundleDocument;
import io.mgnlbackup.format.BundleDocument.Item;
import io.mgnlbackup.postgres.RecoverySettings;
import io.mgnlbackup.problem.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a bundle tells to do, checked before anything is written.
 *
 * @param meta what the base backup is; its tags are believed only if it says the same
 * @param wal objects of archived files
 * @param sha256 of the base backup as it is stored
 * @param diskBytes about what the data directory will take
 */
record BootPlan(
        Item base, Item meta, List<Item> wal, Optional<String> sha256, RecoverySettings recovery, long diskBytes) {

    /** Copies the list. */
    BootPlan {
        wal = List.copyOf(wal);
    }

    /**
     * Reads a bundle.
     *
     * @throws Problem when something is missing in it
     */
    static BootPlan of(BundleDocument bundle, RecoverySettings.TargetAction action) {
        Item base = only(bundle, BackupKind.BASE_BACKUP);
        Item meta = only(bundle, BackupKind.META);
        List<Item> wal = of(bundle, BackupKind.WAL);
        String first =
                meta.tag(ArchiveTags.FIRST).orElseThrow(() -> incomplete("its meta object has no facts in its tags"));
        if (wal.stream()
                .noneMatch(
                        item -> item.tag(ArchiveTags.FILE).filter(first::equals).isPresent())) {
            throw incomplete("the WAL segment " + first + ", with which recovery begins, is not in it");
        }
        try {
            long segmentBytes =
                    Long.parseLong(meta.tag(ArchiveTags.SEGMENT_BYTES).orElse("0"));
            long tarBytes = Long.parseLong(meta.tag(ArchiveTags.TAR_BYTES).orElse("0"));
            if (segmentBytes < 0 || tarBytes < 0) {
                throw incomplete("it cannot be read: a size is below zero");
            }
            return new BootPlan(
                    base,
                    meta,
                    wal,
                    meta.tag(ArchiveTags.SHA256),
                    new RecoverySettings(
                            meta.tag(ArchiveTags.VERSION).orElse(""),
                            bundle.timeline(),
                            Optional.ofNullable(bundle.targetTime()).map(Instant::parse),
                            action),
                    Math.addExact(tarBytes, Math.multiplyExact(wal.size(), segmentBytes)));
        } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
            throw incomplete("it cannot be read: " + e.getMessage());
        }
    }

    private static Item only(BundleDocument bundle, BackupKind kind) {
        List<Item> found = of(bundle, kind);
        if (found.size() != 1) {
            throw incomplete("it has " + found.size() + " objects '*" + kind.suffix() + "' instead of one");
        }
        return found.get(0);
    }

    private static List<Item> of(BundleDocument bundle, BackupKind kind) {
        return bundle.backupList().stream()
                .filter(item -> BackupKind.of(item.name()).filter(kind::equals).isPresent())
                .toList();
    }

    private static Problem incomplete(String why) {
        return new Problem(
                Problem.Kind.FAILED,
                "the datasource is no whole bundle: " + why,
                "give the link that /bundle/...?mode=restore&upload answers");
    }
}
