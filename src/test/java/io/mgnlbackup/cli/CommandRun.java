package io.mgnlbackup.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;

/** The program under test, with a recording sidecar in place of routes. */
final class CommandRun {

    final RecordingSidecar sidecar = new RecordingSidecar();

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A run with the least that a sidecar needs. */
    static CommandRun ofMinimum() {
        return new CommandRun().variable("MGNLBACKUP_CMD", "pg_dump").variable("MGNLBACKUP_BUCKET", "backups");
    }

    CommandRun variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs once and answers the exit code. */
    int execute(String... arguments) {
        CommandLine line = Mgnlbackup.commandLine(new Invocation(sidecar, environment, CommandRun::noFile, false));
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    private static String noFile(Path file) throws IOException {
        throw new NoSuchFileException(file.toString());
    }
}
