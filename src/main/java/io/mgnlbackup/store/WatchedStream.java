package io.mgnlbackup.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that somebody watches while another reads it: every byte that goes by, and the end. */
public abstract class WatchedStream extends FilterInputStream {

    private boolean ended;

    /** Watches this stream. */
    protected WatchedStream(InputStream in) {
        super(in);
    }

    /** Some bytes went by. An exception reaches the reader. */
    protected abstract void saw(byte[] buffer, int offset, int length) throws IOException;

    /** The stream has ended; called once. An exception reaches the reader in place of the end. */
    protected abstract void sawEnd() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            saw(buffer, offset, read);
        } else if (read < 0 && !ended) {
            ended = true;
            sawEnd();
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
