package io.mgnlbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that a test runs to its end. A non-zero exit is an error that carries what the program said. */
public final class Tool {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Path> input = Optional.empty();
    private Optional<Path> output = Optional.empty();
    private String text = "";

    private Tool(List<String> command) {
        this.command = command;
    }

    /** A program and its arguments. */
    public static Tool of(String... command) {
        return of(List.of(command));
    }

    /** A program and its arguments. */
    public static Tool of(List<String> command) {
        return new Tool(List.copyOf(command));
    }

    /** Adds to our own environment. */
    public Tool environment(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    /** What the program reads from its standard input; nothing unless told. */
    public Tool input(String sql) {
        text = sql;
        return this;
    }

    /** A file that the program reads from its standard input. */
    public Tool input(Path file) {
        input = Optional.of(file);
        return this;
    }

    /** Where standard output goes, instead of into the answer of {@link #run}. */
    public Tool output(Path file) {
        output = Optional.of(file);
        return this;
    }

    /** Runs it and gives its standard output, without the line ends at the end. */
    public String run() {
        try {
            return runIn(Files.createTempDirectory("mgnlbackup-tool-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while '" + command.get(0) + "' ran", e);
        }
    }

    private String runIn(Path scratch) throws IOException, InterruptedException {
        try {
            Path stdin = input.isPresent() ? input.get() : Files.writeString(scratch.resolve("in"), text);
            Path stdout = output.orElse(scratch.resolve("out"));
            Path stderr = scratch.resolve("err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(stdin.toFile())
                    .redirectOutput(stdout.toFile())
                    .redirectError(stderr.toFile());
            builder.environment().putAll(environment);
            await(builder.start(), stderr);
            return output.isPresent() ? "" : Files.readString(stdout).stripTrailing();
        } finally {
            TestFiles.delete(scratch);
        }
    }

    private void await(Process process, Path stderr) throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("'" + command.get(0) + "' took longer than " + LIMIT);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + "\nexit code " + process.exitValue() + ": " + Files.readString(stderr));
        }
    }
}
