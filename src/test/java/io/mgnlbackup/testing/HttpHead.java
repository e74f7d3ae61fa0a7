package io.mgnlbackup.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The first lines of an HTTP/1.1 message, up to and with the empty one, as they came; and how long the body behind them is. */
record HttpHead(String text) {

    private static final int COPY_BYTES = 16 * 1024;

    /** Reads one; empty when the other side has closed. */
    static Optional<HttpHead> read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == 4) {
                return Optional.of(new HttpHead(head.toString(StandardCharsets.ISO_8859_1)));
            }
        }
        return Optional.empty();
    }

    /** The request line, or the status line. */
    String line() {
        return text.substring(0, text.indexOf('\r'));
    }

    /** Of an answer. */
    int status() {
        return Integer.parseInt(line().split(" ", 3)[1]);
    }

    /** A header, whose name is given in lower case. */
    Optional<String> header(String name) {
        return text.lines()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Whether the client sends the body only when it is told to go on. */
    boolean waitsForContinue() {
        return header("expect").isPresent();
    }

    /** The same for a body of another length. */
    HttpHead ofLength(long length) {
        return new HttpHead(text.replaceFirst("(?i)\r\ncontent-length:[^\r]*", "\r\nContent-Length: " + length));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Copies the body of a request: what frames it goes to one stream, what it holds to the other. */
    void copyRequestBody(InputStream in, OutputStream frames, OutputStream content) throws IOException {
        if (isChunked()) {
            copyChunks(in, frames, content);
        } else {
            copy(in, content, length().orElse(0L));
        }
    }

    /** The same for the body of an answer to this method. */
    void copyAnswerBody(String method, InputStream in, OutputStream frames, OutputStream content) throws IOException {
        if (method.equals("HEAD") || status() == 204 || status() == 304) {
            return;
        }
        if (isChunked()) {
            copyChunks(in, frames, content);
        } else if (length().isPresent()) {
            copy(in, content, length().get());
        } else {
            in.transferTo(content);
        }
    }

    private boolean isChunked() {
        return header("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }

    private Optional<Long> length() {
        return header("content-length").map(Long::parseLong);
    }

    private static void copyChunks(InputStream in, OutputStream frames, OutputStream content) throws IOException {
        for (long left = chunk(in, frames); left > 0; left = chunk(in, frames)) {
            copy(in, content, left);
            line(in, frames);
        }
        while (!line(in, frames).isEmpty()) {
            // a trailer
        }
        frames.flush();
    }

    private static long chunk(InputStream in, OutputStream frames) throws IOException {
        return Long.parseLong(line(in, frames).split(";", 2)[0].strip(), 16);
    }

    private static String line(InputStream in, OutputStream out) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the other side went away");
            }
            line.append((char) next);
        }
        out.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        return line.toString().strip();
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[COPY_BYTES];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException("the other side went away");
            }
            out.write(buffer, 0, count);
            out.flush();
            left -= count;
        }
    }
}
