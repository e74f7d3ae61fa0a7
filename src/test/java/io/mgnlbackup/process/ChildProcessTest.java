package io.mgnlbackup.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes, each of which tries to look like a dump that ended well. */
@Timeout(60)
class ChildProcessTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private static DumpCommand sh(String script, Duration timeout) {
        return new DumpCommand("sh", List.of("-c", script), Map.of("PATH", "/usr/bin:/bin"), timeout);
    }

    private static ChildProcess start(String script) throws IOException {
        return ChildProcess.start(sh(script, LONG), text -> text.replace("hunter2", "****"));
    }

    private static DumpException failureOf(ChildProcess process) {
        return failureOf(() -> {
            try (InputStream out = process.stdout()) {
                out.transferTo(OutputStreams.NOWHERE);
            }
        });
    }

    private static DumpException failureOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(DumpException.class, call), "it did not fail");
    }

    @Test
    void givesTheOutputOfACommandThatEndsWell() throws IOException {
        try (InputStream out = start("echo one; echo two >&2; echo three").stdout()) {
            assertThat(out).hasContent("one\nthree\n");
            assertThat(out.read()).as("the end stays the end").isEqualTo(-1);
        }
    }

    @Test
    void givesEveryByteOfALargeOutput() throws IOException {
        try (InputStream out = start("head -c 100000000 /dev/zero").stdout()) {
            assertThat(out.transferTo(OutputStreams.NOWHERE)).isEqualTo(100_000_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'echo row; exit 3', FAILED_EXIT, exit code 3",
        "'echo row; kill -9 $$', SIGNALLED, signal 9",
        "'echo row; kill -15 $$', SIGNALLED, signal 15",
        "'true', EMPTY, wrote nothing",
        "'echo oops >&2', EMPTY, wrote nothing",
    })
    void throwsInsteadOfTheEndWhenTheCommandDidNotEndWell(String script, DumpException.Kind kind, String message)
            throws IOException {
        DumpException failure = failureOf(start(script));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(message).hasMessageContaining("'sh'");
    }

    @Test
    void throwsAgainWhenItIsReadAgain() throws IOException {
        ChildProcess process = start("echo row; exit 3");
        failureOf(process);
        assertThat(failureOf(() -> process.stdout().read()).kind()).isEqualTo(DumpException.Kind.FAILED_EXIT);
    }

    @Test
    void keepsTheLastLinesOfStderrBoundedAndMasked() throws IOException {
        DumpException failure = failureOf(
                start(
                        "seq 1 10000 >&2; head -c 100000 /dev/zero | tr '\\0' x >&2; echo >&2; echo password is hunter2 >&2; exit 1"));
        assertThat(failure.stderrTail())
                .endsWith("password is ****")
                .contains("\n10000\n")
                .doesNotContain("\n9000\n");
        assertThat(failure.stderrTail()).hasSizeLessThan(StderrTail.MAX_LINES * (StderrTail.MAX_LINE_BYTES + 1));
    }

    @Test
    void saysWhichProgramIsMissing() {
        DumpException failure = failureOf(() -> ChildProcess.start(
                new DumpCommand("pg_dumpal", List.of("hunter2"), Map.of("PATH", "/usr/bin"), LONG), text -> text));
        assertThat(failure.kind()).isEqualTo(DumpException.Kind.CANNOT_START);
        assertThat(failure).hasMessageContaining("'pg_dumpal'").hasMessageContaining("PATH");
    }

    @Test
    void passesArgumentsAndEnvironmentAsTheyAreAndNothingElse() throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of("ONLY", "this $HOME"));
        DumpCommand command = new DumpCommand(
                "/bin/sh", List.of("-c", "/usr/bin/env; echo \"$1|$2\"", "x", "a b", "$ONLY;`id`"), environment, LONG);
        try (InputStream out = ChildProcess.start(command, text -> text).stdout()) {
            assertThat(new String(out.readNBytes(10_000), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("ONLY=this $HOME\n")
                    .endsWith("a b|$ONLY;`id`\n")
                    .doesNotContain("HOME=/");
        }
    }

    @Test
    void aTimeoutKillsTheWholeTree() throws IOException {
        Path pids = folder.resolve("pids");
        String script = "(sleep 1000; echo late) & echo $! > " + pids + "; setsid sleep 1001 & echo $! >> " + pids
                + "; echo row; sleep 1002";
        ChildProcess process = ChildProcess.start(sh(script, Duration.ofSeconds(1)), text -> text);
        DumpException failure = failureOf(process);
        assertThat(failure.kind()).isEqualTo(DumpException.Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("1 s");
        assertAllGone(pids);
    }

    @Test
    void aTimeoutHoldsAlsoWhenNobodyReads() throws IOException {
        Path pids = folder.resolve("pids");
        ChildProcess.start(sh("echo $$ > " + pids + "; yes", Duration.ofSeconds(1)), text -> text);
        Awaitility.await()
                .until(() -> Files.exists(pids) && !Files.readString(pids).isEmpty());
        assertAllGone(pids);
    }

    @Test
    void aProcessThatIgnoresSigtermIsKilledAllTheSame() throws IOException {
        Path pids = folder.resolve("pids");
        ChildProcess process = ChildProcess.start(
                sh(
                        "trap '' TERM; echo $$ > " + pids + "; echo row; while :; do sleep 0.1; done",
                        Duration.ofSeconds(1)),
                text -> text);
        assertThat(failureOf(process).kind()).isEqualTo(DumpException.Kind.TIMEOUT);
        assertAllGone(pids);
    }

    @Test
    void closingBeforeTheEndKillsAlsoADaemonThatLeftTheTree() throws IOException {
        Path pids = folder.resolve("pids");
        // The inner shell ends at once, so that the daemon is nobody's descendant, in no group of ours, and holds the
        // output.
        ChildProcess process =
                start("sh -c 'setsid sh -c \"echo \\$\\$ > " + pids + "; sleep 1003\" &' ; echo row; sleep 1004");
        assertThat(process.stdout().read()).isEqualTo('r');
        Awaitility.await()
                .until(() -> Files.exists(pids) && !Files.readString(pids).isEmpty());
        process.stdout().close();
        process.stdout().close();
        assertAllGone(pids);
        assertThat(failureOf(() -> process.stdout().read()).kind()).isEqualTo(DumpException.Kind.ABANDONED);
    }

    @Test
    void closingFreesAReaderInAnotherThread() throws Exception {
        ChildProcess process = start("echo row; sleep 1005");
        CompletableFuture<DumpException> reader = CompletableFuture.supplyAsync(() -> failureOf(process));
        Awaitility.await().until(() -> process.stdout().available() == 0);
        process.stdout().close();
        assertThat(reader.get(20, TimeUnit.SECONDS).kind()).isEqualTo(DumpException.Kind.ABANDONED);
    }

    @Test
    void waitsForWhatTheBackgroundStillWritesAfterTheCommandHasEnded() throws IOException {
        try (InputStream out =
                start("(sleep 1; seq 1 100000; echo last) & echo first").stdout()) {
            List<String> lines = new String(out.readNBytes(10_000_000), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(lines).hasSize(100_002).endsWith("last");
        }
    }

    @Test
    void aBackgroundThatHoldsTheOutputWithoutWritingIsAFailure() throws IOException {
        Path pids = folder.resolve("pids");
        DumpException failure = failureOf(start("sleep 1006 & echo $! > " + pids + "; echo row"));
        assertThat(failure.kind()).isEqualTo(DumpException.Kind.LINGERING);
        assertAllGone(pids);
    }

    @Test
    void leavesNoThreadNoFileAndNoFolderBehind() throws IOException {
        start("echo warm up").stdout().close();
        long files = openFiles();
        for (int i = 0; i < 50; i++) {
            try (InputStream out =
                    start(i % 2 == 0 ? "echo row" : "echo row; sleep 1007").stdout()) {
                if (i % 2 == 0) {
                    out.transferTo(OutputStreams.NOWHERE);
                }
            }
        }
        Awaitility.await().until(() -> openFiles() <= files);
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("dump-")));
    }

    private static long openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }

    private static void assertAllGone(Path pids) throws IOException {
        for (String pid : Files.readAllLines(pids)) {
            Awaitility.await("process " + pid + " is gone")
                    .until(() -> ProcessHandle.of(Long.parseLong(pid.strip())).isEmpty());
        }
    }

    private static final class OutputStreams {
        static final java.io.OutputStream NOWHERE = java.io.OutputStream.nullOutputStream();
    }
}
