package io.mgnlbackup.cli;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings;
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

    /** The newest backups, in store order, not more than the limit. */
    List<ListEntry> list(Settings settings, SecretMask mask, int limit);
}
