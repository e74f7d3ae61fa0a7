package io.mgnlbackup.cli;

/** Hears how far a long job is. */
@FunctionalInterface
public interface ProgressListener {

    /** So many bytes went through since the start, in all. */
    void reached(long bytes);
}
