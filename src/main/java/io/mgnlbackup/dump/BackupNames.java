package io.mgnlbackup.dump;

import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.store.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Gives new objects their names, {@code <prefix>-<yyyy-MM-dd-HHmmss>} in UTC and the end of their kind, no name twice. */
public final class BackupNames {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private static final Duration FAR_AHEAD = Duration.ofHours(1);

    private final BackupKind kind;
    private final String prefix;
    private Instant last = Instant.MIN;

    /** Names of objects of this kind that start with a prefix, which may be empty. */
    public BackupNames(String prefix, BackupKind kind) {
        this.kind = kind;
        this.prefix = prefix.isEmpty() ? "" : prefix + "-";
    }

    /** The whole second that names a backup started now: a later one than any before, unless those were from a clock that was far ahead. */
    public synchronized Instant claimSecond(Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        boolean setBack = last.isAfter(second.plus(FAR_AHEAD));
        last = second.isAfter(last) || setBack ? second : last.plusSeconds(1);
        return last;
    }

    /** The name of the backup that started in this second. */
    public ObjectKey of(Instant second) {
        return new ObjectKey(prefix + SECOND.format(second) + kind.suffix());
    }
}
