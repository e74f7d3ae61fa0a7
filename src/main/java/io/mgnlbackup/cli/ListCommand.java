package io.mgnlbackup.cli;

import io.mgnlbackup.catalog.Ordering;
import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.query.TagQuery;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--query",
            paramLabel = "<query>",
            description = "print those whose tags fit, such as {daily=\"true\"}")
    private String query = "{}";

    @Option(
            names = "--orderby",
            paramLabel = "<key>",
            description =
                    "sort by a tag, or by name, size or last_modified (default: in store order, with --dir by ulid)")
    private @Nullable String orderBy;

    @Option(names = "--dir", paramLabel = "<asc|desc>", description = "which end comes first")
    private @Nullable Direction direction;

    /** As it is written on the command line. */
    private enum Direction {
        asc,
        desc
    }

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
        Selection selection = new Selection(TagQuery.parse(query), ordering(), Optional.of(limit));
        SettingsLoader.Loaded loaded = loader.load(Purpose.READ_BACKUPS);
        List<ListEntry> entries = invocation.sidecar().list(loaded.settings(), loaded.mask(), selection);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (output.format()) {
                    case TEXT -> ListText.table(entries);
                    case JSON -> ListText.json(entries);
                });
        out.flush();
        return 0;
    }

    private Optional<Ordering> ordering() {
        return orderBy == null && direction == null
                ? Optional.empty()
                : Optional.of(new Ordering(Optional.ofNullable(orderBy), direction == Direction.desc));
    }
}
