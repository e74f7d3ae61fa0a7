package io.mgnlbackup.retention;

/** Is told what retention does, for metrics; must not throw and must be quick. */
public interface SweepListener {

    /** So many backups were deleted. */
    void deleted(int count);

    /** Backups that should go could not be deleted, or nobody could tell which. */
    void sweepFailed();
}
