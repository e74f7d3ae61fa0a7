package io.mgnlbackup.cli;

import io.mgnlbackup.config.Rfc3339;
import io.mgnlbackup.config.ScheduleSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code next}: when the schedule fires, by the very code that the server runs. */
@Command(
        name = "next",
        description = "Print the next times of the schedule, one RFC 3339 instant a line.",
        mixinStandardHelpOptions = true,
        versionProvider = Mgnlbackup.Versions.class)
final class NextCommand implements Callable<Integer> {

    private final SettingsLoader loader;
    private final Clock clock;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "-n",
            paramLabel = "<count>",
            defaultValue = "5",
            description = "how many times (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--from",
            paramLabel = "<time>",
            description = "the first time is later than this one (default: now)")
    private @Nullable String from;

    NextCommand(SettingsLoader loader, Clock clock) {
        this.loader = loader;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ScheduleSettings schedule = loader.schedule();
        try {
            Instant start = from == null ? clock.instant() : Rfc3339.parse(from);
            NextTimes.of(schedule.cron(), schedule.zone(), start, count)
                    .print(spec.commandLine().getOut());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        return 0;
    }
}
