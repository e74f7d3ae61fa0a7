package io.mgnlbackup.compress;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is made a piece at a time while it is read. What ends it badly, ends it for good. To be read by one thread; may be closed by
 * another.
 */
abstract class PieceInputStream extends InputStream {

    private byte[] piece;
    private int position;
    private int limit;
    private @Nullable IOException failure;

    /** Begins with these bytes. */
    PieceInputStream(byte[] first) {
        this.piece = first;
        this.limit = first.length;
    }

    /** Makes the next piece, of one byte at least, and {@link #give}s it; false at the end. Not called again after a failure. */
    abstract boolean next() throws IOException;

    abstract boolean isClosed();

    /** What is read next: the bytes of an array between two positions. They stay as they are until {@link #next} is called again. */
    final void give(byte[] bytes, int from, int to) {
        piece = bytes;
        position = from;
        limit = to;
    }

    final void checkOpen() throws IOException {
        if (isClosed()) {
            throw new IOException("the stream was closed before its end");
        }
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (failure != null) {
            throw failure;
        }
        if (position == limit && !advance()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean advance() throws IOException {
        try {
            checkOpen();
            return next();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
