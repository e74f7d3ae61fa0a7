package io.mgnlbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server program that runs in a temporary folder of its own, as an account without privileges: database servers refuse to run as root.
 *
 * <p>It does not outlive this JVM, not even when that is killed: the kernel then tells it to end.
 */
final class Daemon {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A child's parent is, to the kernel, the thread that started it: this one lives as long as the JVM. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "test-servers");
        thread.setDaemon(true);
        return thread;
    });

    private final Process process;
    private final Path log;

    private Daemon(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A new folder that the account owns. Its path is short, since a socket's path has at most 107 bytes. */
    static Path folder(String prefix, String account) {
        try {
            Path folder = Files.createTempDirectory(prefix);
            if (root()) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for account '" + account + "'", e);
        }
    }

    /** The command that runs {@code command} as the account; as ourselves when we are not root. */
    static List<String> as(String account, List<String> command) {
        if (!root()) {
            return command;
        }
        List<String> all = new ArrayList<>(
                List.of("setpriv", "--reuid=" + account, "--regid=" + group(account), "--init-groups", "--"));
        all.addAll(command);
        return all;
    }

    /**
     * Starts a server.
     *
     * @param lastSignal what tells it to end at once, without leaving children, when this JVM is gone: {@code QUIT}
     * @param log gets what it prints
     */
    static Daemon start(String account, String lastSignal, Path log, List<String> command) {
        List<String> all = new ArrayList<>(as(account, List.of("setpriv", "--pdeathsig=" + lastSignal, "--")));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new Daemon(STARTER.submit(builder::start).get(), log);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot start " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + command, e);
        }
    }

    /** Waits until it is ready; fails with its log when it ends before that, or takes too long. */
    void awaitReady(BooleanSupplier ready) {
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !process.isAlive() || ready.getAsBoolean());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("the server is not ready after " + LIMIT + ":\n" + TestFiles.read(log), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the server ended with exit code " + process.exitValue() + ":\n" + TestFiles.read(log));
        }
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal, {@code INT} for example, and waits until the server and its children are gone. */
    void end(String signal) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> tree = process.descendants().toList();
        Tool.of("kill", "-" + signal, Long.toString(process.pid())).run();
        try {
            process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            for (ProcessHandle child : tree) {
                child.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            tree.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("the server does not end on SIG" + signal + ", log: " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server ended", e);
        }
    }

    private static boolean root() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String group(String account) {
        return Tool.of("id", "-g", account).run();
    }
}
