package io.mgnlbackup.basebackup;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.process.Arguments;
import io.mgnlbackup.process.DumpCommand;
import io.mgnlbackup.process.Expansion;
import io.mgnlbackup.process.PostgresClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command that takes a base backup: {@code pg_basebackup} writing a tar archive to standard output, with a fast checkpoint and without
 * WAL; ARGS are added to it. With CMD that command runs instead, with ARGS alone.
 */
public final class BaseBackupCommand {

    private static final String PROGRAM = "pg_basebackup";

    private static final List<String> ARGUMENTS = List.of(
            "--pgdata=-",
            "--format=tar",
            "--wal-method=none",
            "--checkpoint=fast",
            "--label=mgnlbackup",
            "--no-password");

    private final Settings.Dump dump;
    private final Map<String, String> environment;
    private final ServerCheck check;
    private final PostgresClients clients;

    /** The command gets this environment, and its arguments are expanded from it. */
    public BaseBackupCommand(
            Settings.Dump dump, Map<String, String> environment, ServerCheck check, PostgresClients clients) {
        this.dump = dump;
        this.environment = Map.copyOf(environment);
        this.check = check;
        this.clients = clients;
    }

    /**
     * The command to run now.
     *
     * @throws io.mgnlbackup.problem.Problem when the server cannot be backed up as it is
     */
    DumpCommand checked() {
        List<String> given = Arguments.split(dump.arguments().value()).stream()
                .map(argument -> Expansion.expand(argument, environment))
                .toList();
        if (dump.command().isPresent()) {
            return clients.fitting(new DumpCommand(dump.command().get(), given, environment, dump.timeout()));
        }
        List<String> arguments = new ArrayList<>(ARGUMENTS);
        arguments.addAll(given);
        DumpCommand command = clients.fitting(new DumpCommand(PROGRAM, arguments, environment, dump.timeout()));
        check.run(PROGRAM, given, command.environment());
        return command;
    }
}
