package io.mgnlbackup.cli;

import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.problem.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code list}: the backups in the store. */
@Command(
        name = "list",
        description = "Print the backups in the store.",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class)
final class ListCommand implements Callable<Integer> {

    private final Invocation invocation;
    private final SettingsLoader loader;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(names = "--limit", paramLabel = "<number>", description = "print so many at most (default: all)")
    private int limit = Integer.MAX_VALUE;

    ListCommand(Invocation invocation, SettingsLoader loader) {
        this.invocation = invocation;
        this.loader = loader;
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new Problem(
                    Problem.Kind.INVALID, "--limit: '" + limit + "' is not accepted; give 0 or a positive number");
        }
        SettingsLoader.Loaded loaded = loader.load(Purpose.READ_BACKUPS);
        List<ListEntry> entries = invocation.sidecar().list(loaded.settings(), loaded.mask(), limit);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (output.format()) {
                    case TEXT -> ListText.table(entries);
                    case JSON -> ListText.json(entries);
                });
        out.flush();
        return 0;
    }
}
