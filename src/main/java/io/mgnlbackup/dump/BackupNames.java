package io.mgnlbackup.dump;

import io.mgnlbackup.store.ObjectKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Gives new objects their names, {@code <prefix>-<yyyy-MM-dd-HHmmss>.sql.gz} in UTC, no name twice. */
public final class BackupNames {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final String prefix;
    private Instant last = Instant.MIN;

    /** Names that start with a prefix, which may be empty. */
    public BackupNames(String prefix) {
        this.prefix = prefix.isEmpty() ? "" : prefix + "-";
    }

    /** The whole second that names a backup started now: a later one than any before. */
    public synchronized Instant claimSecond(Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        last = second.isAfter(last) ? second : last.plusSeconds(1);
        return last;
    }

    /** The name of the dump that started in this second. */
    public ObjectKey dump(Instant second) {
        return new ObjectKey(prefix + SECOND.format(second) + ".sql.gz");
    }
}
