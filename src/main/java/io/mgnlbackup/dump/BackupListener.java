package io.mgnlbackup.dump;

/** Is told what the backup job does, for metrics; must not throw and must be quick. */
public interface BackupListener {

    /** A backup ended, well or not. */
    void ended(BackupOutcome outcome);
}
