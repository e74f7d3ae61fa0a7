package io.mgnlbackup.dump;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.process.Arguments;
import io.mgnlbackup.process.DumpCommand;
import io.mgnlbackup.process.Expansion;
import io.mgnlbackup.process.PostgresClients;
import java.util.List;
import java.util.Map;

/** Makes the dump command of the settings: splits the arguments, then expands variables in each, never through a shell. */
public final class DumpCommands {

    private final Settings.Dump dump;
    private final Map<String, String> environment;
    private final PostgresClients clients;

    /** The command gets this environment, and its arguments are expanded from it. */
    public DumpCommands(Settings.Dump dump, Map<String, String> environment, PostgresClients clients) {
        this.dump = dump;
        this.clients = clients;
        this.environment = Map.copyOf(environment);
    }

    /** The command to run now; a program of PostgreSQL is that of the version which fits the server. */
    public DumpCommand configured() {
        String executable = dump.command()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.INVALID,
                        "no dump command is configured",
                        "set MGNLBACKUP_CMD, for example to pg_dumpall"));
        List<String> arguments = Arguments.split(dump.arguments().value()).stream()
                .map(argument -> Expansion.expand(argument, environment))
                .toList();
        return clients.fitting(new DumpCommand(executable, arguments, environment, dump.timeout()));
    }
}
