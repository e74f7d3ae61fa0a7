package io.mgnlbackup;

import io.mgnlbackup.cli.Invocation;
import io.mgnlbackup.cli.Mgnlbackup;
import io.mgnlbackup.config.SettingSources.FileReader;

/** The program. */
public final class Main {

    /** Set by the start script, which can tell whether standard error is a terminal; Java cannot. */
    private static final String TERMINAL = "mgnlbackup.terminal";

    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        Invocation invocation =
                new Invocation(new CamelSidecar(), System.getenv(), FileReader.DISK, Boolean.getBoolean(TERMINAL));
        System.exit(Mgnlbackup.commandLine(invocation).execute(args));
    }
}
