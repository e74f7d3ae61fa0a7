package io.mgnlbackup.cli;

import io.mgnlbackup.config.Version;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The root command: alone, it runs the sidecar, as {@code server} does. */
@Command(
        name = Mgnlbackup.NAME,
        description = "Takes backups of a database on a schedule and keeps them in S3 or a folder.",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class,
        customSynopsis = Mgnlbackup.NAME + " [FLAG]... [COMMAND]",
        descriptionHeading = "%n",
        commandListHeading = "%n@|bold Commands|@%n",
        footer = {
            "",
            "Each setting is a flag or the variable in brackets; a flag beats the variable. A variable whose name ends in _FILE"
                    + " names a file that holds the value. Give secrets as variables or files: other users of the machine can"
                    + " see flags in the list of processes.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration."
        })
public final class Mgnlbackup implements Callable<Integer> {

    /** The name of the program. */
    public static final String NAME = "mgnlbackup";

    private final ServerCommand server;

    private Mgnlbackup(ServerCommand server) {
        this.server = server;
    }

    /** The command line of one run of the program; {@code execute} answers the exit code. */
    public static CommandLine commandLine(Invocation invocation) {
        SettingOptions options = new SettingOptions();
        SettingsLoader loader = new SettingsLoader(invocation, options);
        ServerCommand server = new ServerCommand(invocation, loader);
        CommandLine root = new CommandLine(new Mgnlbackup(server));
        options.addTo(root.getCommandSpec(), true);
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedHelp(options));
        subcommand(root, options, server);
        subcommand(root, options, new DumpCommand(invocation, loader));
        subcommand(root, options, new ListCommand(invocation, loader));
        subcommand(root, options, new RetentionCommand(invocation, loader));
        subcommand(root, options, new VerifyCommand(invocation, loader));
        subcommand(root, options, new BootCommand(invocation, loader));
        subcommand(root, options, new ConfigCommand(loader));
        Clock clock = Clock.systemUTC();
        subcommand(root, options, new NextCommand(loader, clock));
        // No setting matters to it, and behind the kind nothing is an option.
        root.addSubcommand(new CommandLine(new ExplainCommand(clock, System.in, System.out)));
        root.addSubcommand(new CommandLine.HelpCommand());
        Failures failures = new Failures(loader);
        return root.setExpandAtFiles(false)
                .setAllowOptionsAsOptionParameters(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private static void subcommand(CommandLine root, SettingOptions options, Object command) {
        CommandLine line = new CommandLine(command);
        options.addTo(line.getCommandSpec(), false);
        line.getCommandSpec()
                .usageMessage()
                .customSynopsis(NAME + " " + line.getCommandName() + " [FLAG]...")
                .descriptionHeading("%n")
                .optionListHeading("%n")
                .footer("", "Flags for settings are accepted here as well: see " + NAME + " --help.", "");
        root.addSubcommand(line);
    }

    @Override
    public Integer call() {
        return server.call();
    }

    /** What {@code --version} prints. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {NAME + " " + Version.current()};
        }
    }
}
