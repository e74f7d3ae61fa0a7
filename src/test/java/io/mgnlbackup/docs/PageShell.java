package io.mgnlbackup.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One bash in which the commands of a page run in turn, so that a variable that one block sets is there for the next. */
final class PageShell implements AutoCloseable {

    private static final int LIMIT_SECONDS = 120;
    private static final String END = "@@the end of the block@@";

    private final Process bash;
    private final Path scripts;
    private final BufferedReader output;
    private int count;

    /** Starts it in a folder, with these variables besides our own. */
    PageShell(Path folder, Path scripts, Map<String, String> environment) {
        this.scripts = scripts;
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MGNLBACKUP_") || name.startsWith("PG"));
        builder.environment().putAll(environment);
        try {
            bash = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        output = new BufferedReader(new InputStreamReader(bash.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Runs commands and gives what they print. A failure of any of them, in a pipe too, is one of the page. */
    String runStrictly(String commands) {
        return run("set -eo pipefail\n" + commands + "\nset +eo pipefail\n");
    }

    /** Runs one command, which may fail, and gives what it prints. */
    String run(String commands) {
        try {
            Path script = Files.writeString(scripts.resolve("block-" + count++ + ".sh"), commands);
            String line = ". '" + script + "' </dev/null\necho; echo '" + END + "'\n";
            OutputStream input = bash.getOutputStream();
            input.write(line.getBytes(StandardCharsets.UTF_8));
            input.flush();
            return read(commands);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String commands) throws IOException {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(() -> {
            if (!ended.get()) {
                close();
            }
        });
        StringBuilder printed = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(END)) {
                ended.set(true);
                return printed.toString().stripTrailing();
            }
            printed.append(line).append('\n');
        }
        ended.set(true);
        throw new AssertionError("failed:\n" + commands + "\nprinted:\n" + printed);
    }

    @Override
    public void close() {
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
    }
}
