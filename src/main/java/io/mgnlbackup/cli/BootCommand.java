package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.config.BootSettings;
import io.mgnlbackup.config.ByteSize;
import io.mgnlbackup.outgoing.Outgoing;
import io.mgnlbackup.postgres.RecoverySettings.TargetAction;
import io.mgnlbackup.restore.BootJob;
import io.mgnlbackup.restore.BootOutcome;
import io.mgnlbackup.restore.BootRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code boot}: makes a data directory of a bundle. */
@Command(
        name = "boot",
        description =
                "Restore a bundle into PGDATA, on which PostgreSQL then starts, recovers and promotes. Does nothing when there"
                        + " is a cluster already.",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class)
final class BootCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final int MOST_LINK_BYTES = 16 * 1024;

    private final Invocation invocation;
    private final SettingsLoader loader;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--target-action",
            paramLabel = "<action>",
            defaultValue = "promote",
            description = "What PostgreSQL does at the instant: promote, pause or shutdown (default: promote).")
    private TargetAction action = TargetAction.PROMOTE;

    @Option(
            names = "--jobs",
            paramLabel = "<number>",
            defaultValue = "4",
            description = "Objects that are read at the same time (default: 4).")
    private int jobs;

    @Mixin
    private final OutputOption output = new OutputOption();

    BootCommand(Invocation invocation, SettingsLoader loader) {
        this.invocation = invocation;
        this.loader = loader;
    }

    @Override
    public Integer call() {
        BootSettings settings = loader.loadBoot();
        if (jobs < 1 || jobs > 64) {
            throw new ParameterException(spec.commandLine(), "--jobs: '" + jobs + "' is not between 1 and 64");
        }
        Outgoing.install(settings.outgoing());
        BootRequest request = new BootRequest(uri(settings.datasource().value()), settings.pgdata(), action, jobs);
        BootOutcome outcome;
        try (ProgressPrinter progress =
                ProgressPrinter.start(invocation.terminal(), spec.commandLine().getErr())) {
            AtomicLong bytes = new AtomicLong();
            BootJob job = new BootJob(request, read -> progress.reached(bytes.addAndGet(read)));
            Runtime.getRuntime().addShutdownHook(new Thread(job::cancel, "stop-boot"));
            outcome = job.run();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                switch (output.format()) {
                    case TEXT -> text(outcome, request);
                    case JSON -> json(outcome);
                });
        out.flush();
        return 0;
    }

    private URI uri(String datasource) {
        try {
            String text = (datasource.equals(STANDARD_INPUT) ? fromStandardInput() : datasource).strip();
            URI uri = URI.create(text);
            return uri.getScheme() == null ? Path.of(text).toAbsolutePath().toUri() : uri;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--datasource is not a URL");
        }
    }

    /** A link, and not what is behind it. */
    private static String fromStandardInput() {
        try {
            return new String(System.in.readNBytes(MOST_LINK_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the link from standard input", e);
        }
    }

    private static String text(BootOutcome outcome, BootRequest request) {
        if (!outcome.restored()) {
            return "'" + request.pgdata() + "' already holds a cluster, nothing to do";
        }
        return "restored '%s' and %d WAL files, %s, into '%s'; PostgreSQL recovers to %s when it starts"
                .formatted(
                        outcome.baseBackup(),
                        outcome.walFiles(),
                        ByteSize.format(outcome.bytes()),
                        request.pgdata(),
                        outcome.target().orElse("the end of the WAL"));
    }

    private static String json(BootOutcome outcome) {
        ObjectNode node = JsonText.object();
        node.put("restored", outcome.restored());
        if (outcome.restored()) {
            node.put("base_backup", outcome.baseBackup());
            node.put("wal_files", outcome.walFiles());
            node.put("bytes", outcome.bytes());
            outcome.target().ifPresent(target -> node.put("target_time", target));
        }
        return node.toString();
    }
}
