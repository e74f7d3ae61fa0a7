package io.mgnlbackup.store;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that throws unless it has the length that its store announced: a connection cut short must not look like the end. */
public final class ExactLengthStream extends FilterInputStream {

    private final ObjectKey key;
    private final long length;
    private long count;

    /** The next {@code length} bytes of {@code in} are the object's. */
    public ExactLengthStream(InputStream in, ObjectKey key, long length) {
        super(in);
        this.key = key;
        this.length = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        int read = super.read(buffer, offset, wanted);
        if (read < 0 && count < length) {
            throw new EOFException("'" + key + "' ended after " + count + " of " + length + " bytes");
        }
        count += Math.max(read, 0);
        if (count > length) {
            throw new IOException("'" + key + "' has more than its " + length + " bytes");
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(Math.min(wanted, length - count));
        count += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
