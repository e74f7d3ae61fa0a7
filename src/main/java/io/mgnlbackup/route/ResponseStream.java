package io.mgnlbackup.route;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** A response that a worker thread writes to as to a file: it waits while the client is slow, and fails when the client is gone. */
final class ResponseStream extends OutputStream {

    /** What may wait for a client that reads slowly. */
    static final int MOST_WAITING_BYTES = 1 << 20;

    /** A client that takes nothing for so long is gone. */
    private static final long PATIENCE_MS = TimeUnit.MINUTES.toMillis(5);

    private final HttpServerResponse response;
    private final Object change = new Object();
    private boolean closed;

    ResponseStream(HttpServerResponse response) {
        this.response = response;
        response.setWriteQueueMaxSize(MOST_WAITING_BYTES);
        response.drainHandler(drained -> wake());
        response.closeHandler(gone -> close());
        response.exceptionHandler(failed -> close());
    }

    private void wake() {
        synchronized (change) {
            change.notifyAll();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        awaitRoom();
        response.write(Buffer.buffer(length).appendBytes(bytes, offset, length));
    }

    private void awaitRoom() throws IOException {
        synchronized (change) {
            long deadline = System.currentTimeMillis() + PATIENCE_MS;
            while (!closed && response.writeQueueFull()) {
                long left = deadline - System.currentTimeMillis();
                if (left <= 0) {
                    throw new IOException("the client reads nothing");
                }
                try {
                    change.wait(Math.min(left, 1_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }
            if (closed) {
                throw new IOException("the client went away");
            }
        }
    }

    /** Nobody reads any more. */
    @Override
    public void close() {
        synchronized (change) {
            closed = true;
            change.notifyAll();
        }
    }
}
