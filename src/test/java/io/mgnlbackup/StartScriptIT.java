package io.mgnlbackup;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the start script on what the build made. */
class StartScriptIT {

    private static final Path SOURCE_TREE = Path.of("mgnlbackup").toAbsolutePath();
    private static final Path DISTRIBUTION =
            Path.of("target", "dist", "mgnlbackup").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void startsFromTheDistributionAndFromTheSourceTree() throws Exception {
        assertThat(run(Map.of(), DISTRIBUTION, "--version")).isEqualTo(Result.ok("mgnlbackup " + Version.current()));
        assertThat(run(Map.of(), SOURCE_TREE, "--version")).isEqualTo(Result.ok("mgnlbackup " + Version.current()));
    }

    @Test
    void startsThroughSymbolicLinks() throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        Path first = Files.createSymbolicLink(folder.resolve("bin/backup"), DISTRIBUTION);
        Path second = Files.createSymbolicLink(folder.resolve("b"), folder.relativize(first));

        assertThat(run(Map.of(), second, "--version")).isEqualTo(Result.ok("mgnlbackup " + Version.current()));
        Files.delete(first);
        Files.delete(second);
    }

    @Test
    void handsOnArgumentsAndVariablesAsTheyAre() throws Exception {
        // Octal escapes, since this test may itself run in a locale without letters outside ASCII.
        String shell = """
                export MGNLBACKUP_HERITAGE="$(printf 'gr\\303\\266\\303\\237er') * \\$HOME"
                exec '%s' config '--file-dir=/tmp/two  words' --cmd="$(printf 'pg_d\\303\\274mp')" --cron '@every 6h'
                """.formatted(SOURCE_TREE);

        Result result = run(Map.of(), Path.of("/bin/sh"), "-c", shell);

        assertThat(result.out()).contains("größer * $HOME ", "/tmp/two  words ", "pg_dümp ", "@every 6h ");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void handsOnTheExitCode() throws Exception {
        Result result = run(Map.of(), SOURCE_TREE, "--no-such-flag");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("mgnlbackup: unknown flag '--no-such-flag'");
    }

    @Test
    void letsTheUserChooseAnotherCollectorAndHeap() throws Exception {
        assertThat(run(Map.of("MGNLBACKUP_JAVA_OPTS", "-XX:+UseParallelGC -Xmx64m"), SOURCE_TREE, "--version")
                        .exitCode())
                .isZero();
    }

    @Test
    void startsFromClassDataOfATrainingRunAndWithoutItWhenItIsSpoilt() throws Exception {
        Path copy = folder.resolve("dist");
        assertThat(run(
                        Map.of(),
                        Path.of("/bin/cp"),
                        "-a",
                        DISTRIBUTION.resolveSibling(".").toString(),
                        copy.toString()))
                .isEqualTo(Result.ok(""));
        Path script = copy.resolve("mgnlbackup");

        Result made = run(Map.of(), Path.of("script", "class-archive").toAbsolutePath(), copy.toString());

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(run(Map.of("MGNLBACKUP_JAVA_OPTS", "-Xlog:class+load"), script, "--version")
                        .out())
                .containsPattern("io\\.mgnlbackup\\.Main source: shared objects file");
        for (String name : List.of("mgnlbackup.jsa", "mgnlbackup.aot")) {
            Path archive = copy.resolve("lib").resolve(name);
            if (Files.exists(archive)) {
                Files.writeString(archive, "spoilt");
            }
        }
        assertThat(run(Map.of(), script, "--version")).isEqualTo(Result.ok("mgnlbackup " + Version.current()));
    }

    @Test
    void saysThatItIsNotBuilt() throws Exception {
        Path copy = Files.copy(SOURCE_TREE, folder.resolve("mgnlbackup"));

        Result result = run(Map.of(), copy);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("there is no lib/mgnlbackup.jar").contains("mvn package");
    }

    @Test
    void saysThatJavaIsMissing() throws Exception {
        Result nowhere = run(Map.of("JAVA_HOME", folder.toString()), SOURCE_TREE);
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("there is no bin/java");
    }

    @Test
    void saysThatJavaIsTooOld() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.writeString(bin.resolve("java"), "#!/bin/sh\nexit 1\n");
        assertThat(bin.resolve("java").toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"11.0.2\"\n");

        Result result = run(Map.of("JAVA_HOME", folder.toString()), SOURCE_TREE);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("is Java 11").contains("install a Java 17 or newer");
    }

    private static Result run(Map<String, String> variables, Path script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MGNLBACKUP_") || name.startsWith("LC_"));
        builder.environment().remove("LANG");
        builder.environment().putAll(variables);
        Path out = Files.createTempFile("start-script", ".out");
        Path err = Files.createTempFile("start-script", ".err");
        try {
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    private record Result(int exitCode, String out, String err) {
        static Result ok(String out) {
            return new Result(0, out, "");
        }
    }
}
