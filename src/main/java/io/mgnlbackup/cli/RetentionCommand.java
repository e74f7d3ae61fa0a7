package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.retention.Decision;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code retention}: deletes what the cycle does not keep, as each successful backup does, or says what it would delete. */
@Command(
        name = "retention",
        description = "Delete the backups that the cycle does not keep, and print why each stays or goes.",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class)
final class RetentionCommand implements Callable<Integer> {

    private final Invocation invocation;
    private final SettingsLoader loader;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(names = "--dry-run", description = "print the plan and delete nothing")
    private boolean dryRun;

    RetentionCommand(Invocation invocation, SettingsLoader loader) {
        this.invocation = invocation;
        this.loader = loader;
    }

    @Override
    public Integer call() {
        SettingsLoader.Loaded loaded = loader.load(Purpose.READ_BACKUPS);
        List<Decision> plan = invocation.sidecar().retention(loaded.settings(), loaded.mask(), dryRun);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (output.format()) {
                    case TEXT -> table(plan);
                    case JSON -> json(plan);
                });
        out.flush();
        return 0;
    }

    private String table(List<Decision> plan) {
        if (plan.isEmpty()) {
            return "no backups" + System.lineSeparator();
        }
        TextTable table = new TextTable(List.of("NAME", dryRun ? "WOULD BE" : "IS", "BECAUSE"), Set.of());
        for (Decision decision : plan) {
            table.add(decision.backup().name(), decision.kept() ? "kept" : "deleted", decision.reason());
        }
        return table.print();
    }

    private static String json(List<Decision> plan) {
        ArrayNode array = JsonText.array();
        for (Decision decision : plan) {
            array.addObject()
                    .put("name", decision.backup().name())
                    .put("time", decision.backup().time().toString())
                    .put("kept", decision.kept())
                    .put("reason", decision.reason());
        }
        return JsonText.pretty(array);
    }
}
