package io.mgnlbackup.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running dump command. Its {@link #stdout} tells the truth at its end: it answers end-of-file only after the process has ended with exit
 * code 0 and has written something, and nobody can write any more.
 *
 * <p>The process runs in a session of its own, so that all that it starts can be killed with it. What something in the background still
 * writes after the command has ended well belongs to the dump; if it holds the output open for {@link #LINGER} without writing, nobody can
 * tell whether the dump is whole, so it counts as failed.
 */
public final class ChildProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

    /** How long something in the background may hold the output open, without writing, after the command itself has ended. */
    static final Duration LINGER = Duration.ofSeconds(10);

    /** How often the watchdog looks after the command has ended. */
    private static final Duration GLANCE = Duration.ofMillis(200);

    /** Where programs are looked up when the environment has no PATH. */
    static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private final DumpCommand command;
    private final Process process;
    private final ProcessTree tree;
    private final StderrTail stderr;
    private final Thread stderrReader;
    private final UnaryOperator<String> mask;
    private final AtomicReference<DumpException.@Nullable Kind> killedFor = new AtomicReference<>();
    private final TruthfulOutput stdout;

    private ChildProcess(
            DumpCommand command, Process process, OutputPipe pipe, boolean ownGroup, UnaryOperator<String> mask) {
        this.command = command;
        this.process = process;
        this.mask = mask;
        this.tree = new ProcessTree(process, ownGroup, pipe);
        this.stderr =
                new StderrTail(process.getErrorStream(), mask, line -> LOG.info("{}: {}", command.executable(), line));
        this.stderrReader = daemon(stderr, "dump-stderr");
        this.stdout = new TruthfulOutput(pipe.output());
        daemon(this::watch, "dump-watchdog");
    }

    /**
     * Starts a command.
     *
     * @param mask hides secrets in what the process says
     * @throws DumpException {@code CANNOT_START}
     */
    public static ChildProcess start(DumpCommand command, UnaryOperator<String> mask) throws DumpException {
        String program = find(command)
                .orElseThrow(() -> new DumpException(
                        DumpException.Kind.CANNOT_START,
                        "cannot start the dump: there is no program '" + mask.apply(command.executable())
                                + "' that can be run in PATH",
                        ""));
        Optional<Path> setsid = SETSID.stream().filter(Files::isExecutable).findFirst();
        List<String> words = new ArrayList<>();
        setsid.ifPresent(path -> words.add(path.toString()));
        words.add(program);
        words.addAll(command.arguments());
        try {
            OutputPipe pipe = OutputPipe.create();
            try {
                ProcessBuilder builder = new ProcessBuilder(words)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(pipe.file());
                builder.environment().clear();
                builder.environment().putAll(ChildEnvironment.of(command));
                Process process = builder.start();
                pipe.handedOver();
                return new ChildProcess(command, process, pipe, setsid.isPresent(), mask);
            } catch (IOException e) {
                pipe.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DumpException(
                    DumpException.Kind.CANNOT_START,
                    "cannot start the dump '" + mask.apply(command.executable()) + "': "
                            + mask.apply(String.valueOf(e.getMessage())),
                    "");
        }
    }

    /** The file that a command runs; empty when there is none. */
    static Optional<String> find(DumpCommand command) {
        if (command.executable().contains("/")) {
            return Optional.of(command.executable()).filter(ChildProcess::runnable);
        }
        String path = command.environment().getOrDefault("PATH", USUAL_PATH);
        for (String folder : path.split(File.pathSeparator, -1)) {
            String candidate = folder.isEmpty() ? command.executable() : folder + "/" + command.executable();
            if (runnable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean runnable(String file) {
        return Files.isRegularFile(Path.of(file)) && Files.isExecutable(Path.of(file));
    }

    /** The output, to be read once. Closing it before its end kills the process and all that came from it. */
    public InputStream stdout() {
        return stdout;
    }

    private void watch() {
        try {
            if (!process.waitFor(command.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                kill(DumpException.Kind.TIMEOUT);
                return;
            }
            while (!stdout.awaitDone(GLANCE)) {
                if (stdout.blockedFor(LINGER)) {
                    kill(DumpException.Kind.LINGERING);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(DumpException.Kind why) {
        killedFor.compareAndSet(null, why);
        tree.kill();
    }

    /** What there is to say about the end of the process; empty if it ended well. */
    private Optional<DumpException> verdict(boolean wroteSomething) throws InterruptedException {
        int exitCode = process.waitFor();
        stderrReader.join(TimeUnit.SECONDS.toMillis(1));
        DumpException.Kind killed = killedFor.get();
        String name = "the dump '" + mask.apply(command.executable()) + "'";
        if (killed == DumpException.Kind.TIMEOUT) {
            return failure(
                    killed,
                    name + " was killed after the timeout of "
                            + command.timeout().toSeconds() + " s");
        }
        if (killed == DumpException.Kind.LINGERING) {
            return failure(
                    killed,
                    name + " ended, but something that it left in the background kept its output open for "
                            + LINGER.toSeconds() + " s without writing");
        }
        if (killed != null) {
            return failure(killed, name + " was stopped before its end");
        }
        if (exitCode > 128 && exitCode < 128 + 65) {
            return failure(DumpException.Kind.SIGNALLED, name + " was ended by signal " + (exitCode - 128));
        }
        if (exitCode != 0) {
            return failure(DumpException.Kind.FAILED_EXIT, name + " failed with exit code " + exitCode);
        }
        if (!wroteSomething) {
            return failure(DumpException.Kind.EMPTY, name + " ended well but wrote nothing");
        }
        return Optional.empty();
    }

    private Optional<DumpException> failure(DumpException.Kind kind, String message) {
        return Optional.of(new DumpException(kind, message, stderr.text()));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Standard output, and at its end the verdict on the process. */
    private final class TruthfulOutput extends InputStream {

        private final InputStream pipe;
        private boolean wroteSomething;
        private @Nullable DumpException failure;
        private volatile boolean ended;
        private volatile boolean closed;
        private volatile long blockedSince;
        private volatile boolean blocked;

        TruthfulOutput(InputStream pipe) {
            this.pipe = pipe;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (failure != null) {
                throw failure;
            }
            int read = ended || closed ? -1 : pull(buffer, offset, length);
            if (read > 0) {
                wroteSomething = true;
                return read;
            }
            if (!ended) {
                judge();
            }
            return -1;
        }

        private int pull(byte[] buffer, int offset, int length) throws IOException {
            blockedSince = System.nanoTime();
            blocked = true;
            try {
                return pipe.read(buffer, offset, length);
            } catch (IOException e) {
                if (killedFor.get() == null) {
                    throw e;
                }
                return -1; // closed because we killed the process: the verdict says so
            } finally {
                blocked = false;
            }
        }

        /** Whether somebody has waited so long for output. */
        boolean blockedFor(Duration limit) {
            return blocked && System.nanoTime() - blockedSince > limit.toNanos();
        }

        /** Waits for some time; whether the output has been read to its end or closed. */
        synchronized boolean awaitDone(Duration limit) throws InterruptedException {
            if (!ended && !closed) {
                TimeUnit.NANOSECONDS.timedWait(this, limit.toNanos());
            }
            return ended || closed;
        }

        private void judge() throws IOException {
            try {
                failure = verdict(wroteSomething).orElse(null);
                ended = true;
                if (failure != null) {
                    throw failure;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                kill(DumpException.Kind.ABANDONED);
                throw new java.io.InterruptedIOException("interrupted while the dump was ending");
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            if (!ended) {
                kill(DumpException.Kind.ABANDONED);
            }
            pipe.close();
            synchronized (this) {
                notifyAll();
            }
        }
    }
}
