package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.Ordering;
import io.mgnlbackup.config.ByteSize;
import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.query.TagQuery;
import io.mgnlbackup.verify.Report;
import io.mgnlbackup.verify.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: reads backups back and says whether they are what was stored. */
@Command(
        name = "verify",
        description = "Read backups back from the store, and say whether every byte is the one that was stored.",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class)
final class VerifyCommand implements Callable<Integer> {

    private static final int MOST_JOBS = 64;

    private final Invocation invocation;
    private final SettingsLoader loader;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "<query>",
            description = "those whose tags fit, such as {daily=\"true\"} (default: all)")
    private String query = "{}";

    @Option(names = "--newest", paramLabel = "<number>", description = "so many of the newest objects (default: all)")
    private @Nullable Integer newest;

    @Option(
            names = "--jobs",
            paramLabel = "<number>",
            defaultValue = "2",
            description = "objects that are read at the same time (default: 2)")
    private int jobs;

    VerifyCommand(Invocation invocation, SettingsLoader loader) {
        this.invocation = invocation;
        this.loader = loader;
    }

    @Override
    public Integer call() {
        if (jobs < 1 || jobs > MOST_JOBS) {
            throw new ParameterException(
                    spec.commandLine(), "--jobs: '" + jobs + "' is not between 1 and " + MOST_JOBS);
        }
        if (newest != null && newest < 1) {
            throw new ParameterException(spec.commandLine(), "--newest: '" + newest + "' is not above 0");
        }
        Selection selection = new Selection(
                TagQuery.parse(query),
                Optional.ofNullable(newest).map(count -> new Ordering(Optional.of(Catalog.ULID), true)),
                Optional.ofNullable(newest));
        SettingsLoader.Loaded loaded = loader.load(Purpose.READ_BACKUPS);
        Report report;
        try (ProgressPrinter progress =
                ProgressPrinter.start(invocation.terminal(), spec.commandLine().getErr())) {
            report = invocation.sidecar().verify(loaded.settings(), loaded.mask(), selection, jobs, progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (output.format()) {
                    case TEXT -> text(report);
                    case JSON -> json(report);
                });
        out.flush();
        return report.isGood() ? 0 : 1;
    }

    private static String text(Report report) {
        if (report.verdicts().isEmpty()) {
            return "no backups" + System.lineSeparator();
        }
        TextTable table = new TextTable(List.of("NAME", "IS", "BECAUSE"), Set.of());
        for (Verdict verdict : report.verdicts()) {
            table.add(verdict.name(), verdict.state().text(), verdict.reason());
        }
        return table.print() + sentence(report) + System.lineSeparator();
    }

    private static String sentence(Report report) {
        return "%d good, %d unproven, %d damaged, %d unreadable, %d missing; %s read in %.1f s"
                .formatted(
                        report.count(Verdict.State.GOOD),
                        report.count(Verdict.State.UNPROVEN),
                        report.count(Verdict.State.DAMAGED),
                        report.count(Verdict.State.UNREADABLE),
                        report.count(Verdict.State.MISSING),
                        ByteSize.format(report.bytes()),
                        report.duration().toMillis() / 1000.0);
    }

    private static String json(Report report) {
        ObjectNode node = JsonText.object();
        node.put("good", report.isGood());
        node.put("started_at", report.startedAt().toString());
        node.put("seconds", report.duration().toMillis() / 1000.0);
        node.put("bytes", report.bytes());
        ArrayNode objects = node.putArray("objects");
        for (Verdict verdict : report.verdicts()) {
            objects.addObject()
                    .put("name", verdict.name())
                    .put("state", verdict.state().text())
                    .put("reason", verdict.reason())
                    .put("bytes", verdict.bytes());
        }
        return JsonText.pretty(node);
    }
}
