package io.mgnlbackup.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that sends a bit now and a bit then, and reads when it likes. */
public final class SlowClient implements AutoCloseable {

    private static final int LIMIT_MS = 30_000;

    private final Socket socket = new Socket();

    /** Connects to loopback. */
    public SlowClient(int port) throws IOException {
        this(port, 16 * 1024);
    }

    /** The same with a small buffer in the system, so that what it does not read waits on the other side. */
    public SlowClient(int port, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(LIMIT_MS);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
    }

    /** Sends some characters; false when the other side has gone. */
    public boolean send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends the head of a request. */
    public SlowClient asks(String target, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (!send(head + "\r\n")) {
            throw new IOException("the server has gone");
        }
        return this;
    }

    /** Reads so many bytes, or fewer at the end; blocks until they are there. */
    public byte[] read(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes);
    }

    /** Reads up to these characters, or to the end. */
    public String readUntil(String end) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            text.write(next);
            if (next == end.charAt(end.length() - 1)
                    && text.toString(StandardCharsets.UTF_8).endsWith(end)) {
                break;
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Reads all that is left, counts it, and says whether the end was in order; no matter how it ended. */
    public long drain() throws SocketException {
        long count = 0;
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open after " + LIMIT_MS + " ms", e);
        } catch (IOException e) {
            return count;
        }
        return count;
    }

    /** Whether the other side has ended the connection; swallows what it has sent. */
    public boolean isCut() {
        try {
            socket.setSoTimeout(1);
            while (true) {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
