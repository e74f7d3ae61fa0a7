package io.mgnlbackup.cli;

import io.mgnlbackup.config.Configuration;
import io.mgnlbackup.config.Purpose;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code config}: what the settings are and where each came from, without secrets. */
@Command(
        name = "config",
        description = "Print the effective settings without secrets, and what is wrong with them.",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class)
final class ConfigCommand implements Callable<Integer> {

    private final SettingsLoader loader;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final OutputOption output = new OutputOption();

    ConfigCommand(SettingsLoader loader) {
        this.loader = loader;
    }

    @Override
    public Integer call() {
        Configuration configuration = loader.read(Purpose.TAKE_BACKUPS);
        ConfigText text = new ConfigText(configuration, loader.mask(configuration.values()));
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (output.format()) {
                    case TEXT -> text.table();
                    case JSON -> text.json();
                });
        out.flush();
        configuration.settings();
        PrintWriter err = spec.commandLine().getErr();
        configuration.warnings().forEach(warning -> err.println(Failures.WARNING + text.masked(warning)));
        return 0;
    }
}
