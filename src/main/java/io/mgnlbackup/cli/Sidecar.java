package io.mgnlbackup.cli;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.retention.Decision;
import io.mgnlbackup.verify.Report;
import java.util.List;

/**
 * What commands need the routes for. A failure is a {@link io.mgnlbackup.problem.Problem}, which the command line prints.
 *
 * <p>The log is set up before any of these is called. The mask knows every secret of the settings and of the environment; log lines
 * and printed problems go through it anyway.
 */
public interface Sidecar {

    /** Runs until it is told to stop; answers the exit code. */
    int serve(Settings settings, SecretMask mask);

    /** Takes one backup now and answers when it is stored. Tells the listener, from whatever thread, how far it is. */
    BackupDone dump(Settings settings, SecretMask mask, ProgressListener listener);

    /** The backups that are wanted. */
    List<ListEntry> list(Settings settings, SecretMask mask, Selection selection);

    /** Deletes what retention does not keep, or only says what it would delete; answers each backup with its fate, newest first. */
    List<Decision> retention(Settings settings, SecretMask mask, boolean dryRun);

    /**
     * Reads the backups that are wanted back, so many at a time, and says what it found. Tells the listener, from whatever thread, how far it
     * is.
     */
    Report verify(Settings settings, SecretMask mask, Selection selection, int jobs, ProgressListener listener);
}
