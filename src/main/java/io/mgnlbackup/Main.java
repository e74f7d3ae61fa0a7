package io.mgnlbackup;

import io.mgnlbackup.cli.BackupDone;
import io.mgnlbackup.cli.Invocation;
import io.mgnlbackup.cli.ListEntry;
import io.mgnlbackup.cli.Mgnlbackup;
import io.mgnlbackup.cli.ProgressListener;
import io.mgnlbackup.cli.Sidecar;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.SettingSources.FileReader;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import java.util.List;

/** The program. */
public final class Main {

    /** Set by the start script, which can tell whether standard error is a terminal; Java cannot. */
    private static final String TERMINAL = "mgnlbackup.terminal";

    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        Invocation invocation =
                new Invocation(new NoRoutes(), System.getenv(), FileReader.DISK, Boolean.getBoolean(TERMINAL));
        System.exit(Mgnlbackup.commandLine(invocation).execute(args));
    }

    /** Stands where the routes will be. */
    private record NoRoutes() implements Sidecar {

        @Override
        public int serve(Settings settings, SecretMask mask) {
            throw missing();
        }

        @Override
        public BackupDone dump(Settings settings, SecretMask mask, ProgressListener listener) {
            throw missing();
        }

        @Override
        public List<ListEntry> list(Settings settings, SecretMask mask, int limit) {
            throw missing();
        }

        private static Problem missing() {
            return new Problem(Problem.Kind.FAILED, "the routes are not built yet");
        }
    }
}
