package io.mgnlbackup.config;

/** What the settings are for, which decides what has to be there. */
public enum Purpose {
    /** Backups are taken: a target, and a dump command unless read-only. */
    TAKE_BACKUPS,
    /** Backups are looked at: a target. */
    READ_BACKUPS
}
