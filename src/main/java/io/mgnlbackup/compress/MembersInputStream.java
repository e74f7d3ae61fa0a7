package io.mgnlbackup.compress;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a source and gives it back as a gzip file of several members (RFC 1952, section 2.2), one for each block, compressed by
 * {@link Libdeflate} in the thread that reads this stream.
 *
 * <p>The last bytes of a member are given only when the source has gone on after it, or has ended: what was given of a source that fails
 * ends in the middle of a member. What somebody else cuts off can end between two of them, so this is for what says itself where it ends.
 */
final class MembersInputStream extends PieceInputStream {

    /** Input of a member: the size of the result is that of zlib's single one. */
    static final int BLOCK_BYTES = 256 * 1024;

    /** Buffers in the heap and outside, and the tables of a compressor, in bytes. */
    static final int MEMORY_BYTES = 7 * BLOCK_BYTES;

    private final InputStream source;
    private final Processors processors;
    private final Libdeflate.Compressor compressor;
    private final byte[] input = new byte[BLOCK_BYTES];
    private final byte[] output;
    private int waiting; // bytes of the input that are in no member yet
    private int length; // of the member in the output
    private boolean trailerWithheld;
    private boolean begun;
    private boolean sourceEnded;
    private volatile boolean closed;

    /** Compresses only while it holds a permit. */
    MembersInputStream(InputStream source, int level, Processors processors) {
        super(new byte[0]);
        this.source = source;
        this.processors = processors;
        this.compressor = new Libdeflate.Compressor(level, BLOCK_BYTES);
        this.output = new byte[compressor.mostOutput()];
    }

    @Override
    boolean next() throws IOException {
        if (trailerWithheld) {
            fill();
            trailerWithheld = false;
            give(output, length - GzipMember.TRAILER_BYTES, length);
            return true;
        }
        if (begun && waiting == 0) {
            return false;
        }
        if (!begun) {
            begun = true;
            fill(); // nothing at all becomes a member as well
        }
        length = processors.run(this::compress);
        waiting = 0;
        trailerWithheld = true;
        give(output, 0, length - GzipMember.TRAILER_BYTES);
        return true;
    }

    private void fill() throws IOException {
        if (!sourceEnded) {
            waiting = source.readNBytes(input, 0, BLOCK_BYTES);
            sourceEnded = waiting < BLOCK_BYTES;
        }
    }

    private int compress() throws IOException {
        synchronized (compressor) {
            checkOpen();
            return compressor.compress(input, waiting, output);
        }
    }

    @Override
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        synchronized (compressor) {
            if (closed) {
                return;
            }
            closed = true;
            compressor.close();
        }
        source.close();
    }
}
