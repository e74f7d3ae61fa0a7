package io.mgnlbackup.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Reads what a process writes to stderr, keeps the last lines, and tells each line at once. Bounded whatever the process writes. */
final class StderrTail implements Runnable {

    /** Lines kept. */
    static final int MAX_LINES = 20;

    /** Bytes of a line that are kept; the rest is cut off. */
    static final int MAX_LINE_BYTES = 400;

    private final InputStream stderr;
    private final UnaryOperator<String> mask;
    private final Consumer<String> listener;
    private final Deque<String> lines = new ArrayDeque<>();
    private final byte[] line = new byte[MAX_LINE_BYTES];
    private int length;

    StderrTail(InputStream stderr, UnaryOperator<String> mask, Consumer<String> listener) {
        this.stderr = stderr;
        this.mask = mask;
        this.listener = listener;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[4096];
        try {
            for (int read = stderr.read(buffer); read >= 0; read = stderr.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    take(buffer[i]);
                }
            }
        } catch (IOException e) {
            // The pipe was closed because the process was killed: what was read until then is what there is.
        }
        endLine();
    }

    /** The last lines, with secrets masked. */
    synchronized String text() {
        return String.join("\n", lines);
    }

    private void take(byte b) {
        if (b == '\n' || b == '\r') {
            endLine();
        } else if (length < line.length) {
            line[length++] = b;
        }
    }

    private void endLine() {
        if (length == 0) {
            return;
        }
        String text = mask.apply(new String(line, 0, length, StandardCharsets.UTF_8));
        length = 0;
        synchronized (this) {
            lines.addLast(text);
            if (lines.size() > MAX_LINES) {
                lines.removeFirst();
            }
        }
        listener.accept(text);
    }
}
