package io.mgnlbackup.route;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A response that a worker thread writes to as to a file: it waits while the client is slow, and fails when the client is gone,
 * or was cut off since it took nothing for too long.
 */
final class ResponseStream extends OutputStream {

    /** What may wait for a client that reads slowly. */
    static final int MOST_WAITING_BYTES = 1 << 20;

    private static final long LOOK_AGAIN_MS = 1_000;

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
            while (!closed && response.writeQueueFull()) {
                try {
                    change.wait(LOOK_AGAIN_MS);
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
