package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.config.ByteSize;
import io.mgnlbackup.config.Purpose;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dump}: one backup now. */
@Command(
        name = "dump",
        description = "Take one backup now and exit when it is stored.",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class)
final class DumpCommand implements Callable<Integer> {

    private final Invocation invocation;
    private final SettingsLoader loader;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final OutputOption output = new OutputOption();

    DumpCommand(Invocation invocation, SettingsLoader loader) {
        this.invocation = invocation;
        this.loader = loader;
    }

    @Override
    public Integer call() {
        SettingsLoader.Loaded loaded = loader.load(Purpose.TAKE_BACKUPS);
        BackupDone done;
        try (ProgressPrinter progress =
                ProgressPrinter.start(invocation.terminal(), spec.commandLine().getErr())) {
            done = invocation.sidecar().dump(loaded.settings(), loaded.mask(), progress);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                switch (output.format()) {
                    case TEXT -> "stored '" + done.name() + "', " + ByteSize.format(done.size());
                    case JSON -> json(done);
                });
        out.flush();
        return 0;
    }

    private static String json(BackupDone done) {
        ObjectNode node = JsonText.object();
        node.put("name", done.name());
        node.put("size", done.size());
        return node.toString();
    }
}
