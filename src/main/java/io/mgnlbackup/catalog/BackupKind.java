package io.mgnlbackup.catalog;

import java.util.Optional;

/** What an object holds, told by the end of its name (docs/format.md). */
public enum BackupKind {
    /** The output of a dump command. */
    DUMP(".sql.gz"),
    /** A PostgreSQL base backup. */
    BASE_BACKUP("-basebackup.tar.gz"),
    /** What a restore needs to know of a base backup. */
    META("-bundle.json.gz"),
    /** An archived WAL file. */
    WAL("-txlog.tar.gz"),
    /** A bundle that somebody asked for, with links that expire. */
    RESTORE("-restore.json");

    private final String suffix;

    BackupKind(String suffix) {
        this.suffix = suffix;
    }

    /** The end of the names of such objects. */
    public String suffix() {
        return suffix;
    }

    /** Whether it is a backup by itself: a dump or a base backup. */
    public boolean isBackup() {
        return this == DUMP || this == BASE_BACKUP;
    }

    /** The kind of the object of this name; empty for a name that is none of ours. */
    public static Optional<BackupKind> of(String name) {
        for (BackupKind kind : values()) {
            if (name.endsWith(kind.suffix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
