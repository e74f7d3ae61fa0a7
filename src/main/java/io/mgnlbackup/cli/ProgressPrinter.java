package io.mgnlbackup.cli;

import io.mgnlbackup.config.ByteSize;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how far a long job is: a line that changes on a terminal, a line in the log now and then otherwise. */
final class ProgressPrinter implements ProgressListener, AutoCloseable {

    static final Duration ON_TERMINAL = Duration.ofMillis(200);
    static final Duration IN_LOG = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger("io.mgnlbackup.Progress");

    private final boolean terminal;
    private final PrintWriter err;
    private final LongSupplier nanoTime;
    private final long start;
    private long last;
    private int width;

    /** A printer with a clock of its own, which counts nanoseconds. */
    ProgressPrinter(boolean terminal, PrintWriter err, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.err = err;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.last = start;
    }

    /** A printer for a job that starts now. */
    static ProgressPrinter start(boolean terminal, PrintWriter err) {
        return new ProgressPrinter(terminal, err, System::nanoTime);
    }

    @Override
    public synchronized void reached(long bytes) {
        long now = nanoTime.getAsLong();
        if (now - last < (terminal ? ON_TERMINAL : IN_LOG).toNanos()) {
            return;
        }
        last = now;
        String line = line(bytes, Duration.ofNanos(now - start));
        if (terminal) {
            rewrite(line);
        } else {
            LOG.info("{}", line);
        }
    }

    /** Clears the line on the terminal. */
    @Override
    public synchronized void close() {
        if (width > 0) {
            rewrite("");
            err.print("\r");
            err.flush();
        }
    }

    private void rewrite(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        err.flush();
        width = line.length();
    }

    /** Bytes, rate and time, such as {@code 1.5 MiB, 0.5 MiB/s, 0:03}. */
    static String line(long bytes, Duration elapsed) {
        long rate = elapsed.toMillis() == 0 ? 0 : (long) (bytes * 1000.0 / elapsed.toMillis());
        String time = elapsed.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", elapsed.toMinutesPart(), elapsed.toSecondsPart())
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        elapsed.toHours(),
                        elapsed.toMinutesPart(),
                        elapsed.toSecondsPart());
        return ByteSize.format(bytes) + ", " + ByteSize.format(rate) + "/s, " + time;
    }
}
