package io.mgnlbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.SampleValues;
import io.mgnlbackup.config.SettingGroup;
import io.mgnlbackup.config.SettingKey;
import io.mgnlbackup.config.Settings.Cycle;
import io.mgnlbackup.config.Version;
import io.mgnlbackup.problem.Problem;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MgnlbackupTest {

    static Stream<SettingKey> switches() {
        return Arrays.stream(SettingKey.values()).filter(SettingKey::isSwitch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "server"})
    void runsTheSidecarWhenAskedForNothingElse(String command) {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute(
                        Stream.of(command).filter(word -> !word.isEmpty()).toArray(String[]::new)))
                .isZero();
        assertThat(run.sidecar.calls).containsExactly("serve");
    }

    @ParameterizedTest
    @EnumSource
    void takesTheFlagOfEverySettingBeforeAndAfterTheCommand(SettingKey key) {
        String flag = key.flag() + "=" + SampleValues.of(key);
        CommandRun before = new CommandRun();
        CommandRun after = new CommandRun();
        before.execute(flag, "config", "--output=json");
        after.execute("config", "--output=json", flag);

        assertThat(before.out()).isEqualTo(after.out()).contains("\"from\" : \"" + key.flag() + "\"");
    }

    @ParameterizedTest
    @MethodSource("switches")
    void takesASwitchWithoutAValueAndNeverEatsTheCommand(SettingKey key) {
        CommandRun run = new CommandRun();
        run.execute(key.flag(), "config", "--output=json");

        assertThat(run.out()).containsPattern("\"" + key.variable() + "\" : \\{\\s+\"value\" : \"true\"");
    }

    @Test
    void letsTheFlagAfterTheCommandBeatTheOneBefore() {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute("--cycle=1,1,1", "--readonly", "server", "--cycle=2,2,2", "--readonly=false"))
                .isZero();
        assertThat(run.sidecar.settings.orElseThrow().cycle()).isEqualTo(new Cycle(2, 2, 2));
        assertThat(run.sidecar.settings.orElseThrow().readOnly()).isFalse();
    }

    @Test
    void takesValuesThatLookLikeFlagsOrFiles() {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute("--cron", "@every 6h", "--args", "-h db --user x", "--prefix", "a b"))
                .isZero();
        assertThat(run.sidecar.settings.orElseThrow().dump().cron()).isEqualTo("@every 6h");
        assertThat(run.sidecar.settings.orElseThrow().dump().arguments().value())
                .isEqualTo("-h db --user x");
    }

    @Test
    void addsTagsFromFlags() {
        CommandRun run = CommandRun.ofMinimum().variable("MGNLBACKUP_TAGS_TIER", "app");

        assertThat(run.execute("--tag", "zone=a=b", "server", "--tag=Rack=7")).isZero();
        assertThat(run.sidecar.settings.orElseThrow().objects().tags().values())
                .isEqualTo(Map.of("tier", "app", "zone", "a=b", "rack", "7"));
    }

    @Test
    void refusesATagWithoutAName() {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute("--tag", "nonsense")).isEqualTo(2);
        assertThat(run.err()).startsWith("mgnlbackup: 'nonsense' is not accepted for --tag; give name=value");
    }

    @Test
    void helpNamesEverySettingWithItsVariableAndDefault() {
        CommandRun run = new CommandRun();

        assertThat(run.execute("--help")).isZero();
        String help = run.out().replaceAll("\\s+", "");
        for (SettingKey key : SettingKey.values()) {
            String fallback = key.fallback().isEmpty() || key.isSwitch() ? "" : "(default: " + key.fallback() + ")";
            String entry = key.description() + fallback + "[" + key.variable() + "]";
            assertThat(help).contains(key.flag()).contains(entry.replace(" ", ""));
        }
        for (SettingGroup group : SettingGroup.values()) {
            assertThat(run.out()).contains("\n\n" + group.title() + "\n");
        }
        assertThat(help).contains("seeflagsinthelistofprocesses").doesNotContain("null");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "dump", "list", "config"})
    void helpOfACommandIsShort(String command) {
        CommandRun run = new CommandRun();

        assertThat(run.execute(command, "--help")).isZero();
        assertThat(run.out()).startsWith("Usage: mgnlbackup " + command).contains("see mgnlbackup --help");
        assertThat(run.out().lines()).hasSizeLessThan(20);
    }

    @Test
    void printsItsVersion() {
        CommandRun run = new CommandRun();

        assertThat(run.execute("--version")).isZero();
        assertThat(run.out()).isEqualToIgnoringNewLines("mgnlbackup " + Version.current());
    }

    @ParameterizedTest
    @CsvSource({
        "--bukket=x, unknown flag '--bukket'; did you mean '--bucket'?",
        "--s3-secretkeyy=hunter2, unknown flag '--s3-secretkeyy'; did you mean '--s3-secretkey'?",
        "--nothing-like-it=x, unknown flag '--nothing-like-it'",
        "lst, unexpected argument 'lst'; did you mean 'list'?",
    })
    void saysWhichFlagOrCommandIsNear(String argument, String message) {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute(argument)).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "mgnlbackup: " + message + "hint: 'mgnlbackup --help' shows what is accepted");
        assertThat(run.sidecar.calls).isEmpty();
    }

    @Test
    void printsEachProblemOfTheConfigurationInALine() {
        CommandRun run = new CommandRun().variable("MGNLBACKUP_GZIP_LEVEL", "12");

        assertThat(run.execute()).isEqualTo(2);
        assertThat(run.err().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("mgnlbackup: "))
                .anyMatch(line -> line.contains("MGNLBACKUP_GZIP_LEVEL: '12' is not accepted"));
        assertThat(run.sidecar.calls).isEmpty();
    }

    @Test
    void printsTheWarningThatMayExplainAProblem() {
        CommandRun run = new CommandRun().variable("MGNLBACKUP_CMD", "pg_dump").variable("MGNLBACKUP_BUKET", "x");

        assertThat(run.execute()).isEqualTo(2);
        assertThat(run.err().lines())
                .first()
                .asString()
                .isEqualTo("mgnlbackup: warning: MGNLBACKUP_BUKET is not a setting and is ignored;"
                        + " did you mean MGNLBACKUP_BUCKET?");
    }

    @ParameterizedTest
    @CsvSource({"FAILED, 1", "UNAVAILABLE, 1", "BUSY, 1", "FORBIDDEN, 1", "NOT_FOUND, 1", "INVALID, 2"})
    void turnsAProblemIntoAMessageAHintAndAnExitCode(Problem.Kind kind, int exitCode) {
        CommandRun run = CommandRun.ofMinimum().variable("PGPASSWORD", "hunter2");
        run.sidecar.failure = Optional.of(new Problem(
                kind,
                "cannot dump with hunter2",
                "try again",
                "first hunter2\nsecond",
                new IllegalStateException("x")));

        assertThat(run.execute("dump")).isEqualTo(exitCode);
        assertThat(run.err().lines())
                .containsExactly("mgnlbackup: cannot dump with ****", "  first ****", "  second", "hint: try again");
    }

    @Test
    void showsStackTracesOnlyAtTrace() {
        CommandRun run = CommandRun.ofMinimum().variable("PGPASSWORD", "hunter2");
        run.sidecar.failure = Optional.of(new IllegalStateException("broken by hunter2"));

        assertThat(run.execute("list")).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly(
                        "mgnlbackup: unexpected failure: java.lang.IllegalStateException: broken by ****",
                        "hint: MGNLBACKUP_LOGLEVEL=trace shows where it happened");
        assertThat(run.execute("list", "--loglevel=trace")).isEqualTo(1);
        assertThat(run.err()).contains("at io.mgnlbackup.cli.").doesNotContain("hunter2");
    }
}
