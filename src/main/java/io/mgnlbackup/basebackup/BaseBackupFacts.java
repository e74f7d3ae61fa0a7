package io.mgnlbackup.basebackup;

import io.mgnlbackup.postgres.BackupLabel;
import io.mgnlbackup.postgres.Lsn;
import io.mgnlbackup.postgres.SegmentSize;
import io.mgnlbackup.postgres.WalSegmentName;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the output of {@code pg_basebackup} told.
 *
 * @param version PostgreSQL's major version
 * @param system the cluster
 * @param labelText the whole file {@code backup_label}
 * @param stop where the backup is consistent; empty before PostgreSQL 13, whose archive does not say
 * @param tarBytes of the archive before compression
 */
record BaseBackupFacts(
        String version, String system, BackupLabel label, String labelText, Optional<Lsn> stop, long tarBytes) {

    /** The size of segments at which the start lies in the file that the label names; where several fit, the one that is known or usual. */
    SegmentSize segmentSize(Optional<SegmentSize> known) {
        SegmentSize usual = known.orElse(SegmentSize.DEFAULT);
        if (fits(usual)) {
            return usual;
        }
        return IntStream.rangeClosed(20, 30)
                .mapToObj(power -> new SegmentSize(1 << power))
                .filter(this::fits)
                .findFirst()
                .orElse(usual);
    }

    private boolean fits(SegmentSize size) {
        WalSegmentName file = label.startFile();
        return WalSegmentName.holding(file.timeline(), label.start(), size).equals(file);
    }
}
