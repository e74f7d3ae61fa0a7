package io.mgnlbackup;

import io.mgnlbackup.cli.Invocation;
import io.mgnlbackup.cli.Mgnlbackup;
import io.mgnlbackup.config.SettingSources.FileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program. */
public final class Main {

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        Invocation invocation = new Invocation(new CamelSidecar(), System.getenv(), FileReader.DISK, isWatched());
        System.exit(Mgnlbackup.commandLine(invocation).execute(args));
    }

    /** Whether standard error is a terminal, where progress may be a line that changes; Java itself can tell it of all three streams only. */
    private static boolean isWatched() {
        try {
            String file = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
