package io.mgnlbackup.cli;

import io.mgnlbackup.config.Purpose;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code server}: backs up on schedule and answers over HTTP until it is stopped. */
@Command(
        name = "server",
        description = "Back up on schedule and answer over HTTP until stopped (the default).",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class)
final class ServerCommand implements Callable<Integer> {

    private final Invocation invocation;
    private final SettingsLoader loader;

    ServerCommand(Invocation invocation, SettingsLoader loader) {
        this.invocation = invocation;
        this.loader = loader;
    }

    @Override
    public Integer call() {
        SettingsLoader.Loaded loaded = loader.load(Purpose.TAKE_BACKUPS);
        return invocation.sidecar().serve(loaded.settings(), loaded.mask());
    }
}
