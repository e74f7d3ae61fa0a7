package io.mgnlbackup.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source and gives it back as one gzip member, compressed by the thread that reads this stream: a tenth less work than
 * {@link ParallelGzipInputStream}, whose blocks each learn the end of the one before. The end of the source is treated as it is there. To be
 * read by one thread; may be closed by another.
 */
final class SerialGzipInputStream extends InputStream {

    private static final int INPUT_BYTES = 64 * 1024;
    private static final int OUTPUT_BYTES = 64 * 1024;

    private final InputStream source;
    private final Semaphore processors;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private final byte[] input = new byte[INPUT_BYTES];
    private final byte[] buffer = new byte[OUTPUT_BYTES];
    private byte[] output = GzipMember.HEADER;
    private int position;
    private int limit = GzipMember.HEADER.length;
    private long inputBytes;
    private boolean sourceEnded;
    private boolean hungry = true;
    private boolean finished;
    private boolean trailerGiven;
    private @Nullable IOException failure;
    private volatile boolean closed;

    /** Compresses only while it holds one of the permits. */
    SerialGzipInputStream(InputStream source, int level, Semaphore processors) {
        this.source = source;
        this.processors = processors;
        this.deflater = new Deflater(level, true);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
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
        System.arraycopy(output, position, target, offset, count);
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

    private boolean next() throws IOException {
        while (!finished) {
            if (hungry && !sourceEnded) {
                fill();
            }
            int count = deflate();
            if (count > 0) {
                give(buffer, count);
                return true;
            }
        }
        if (trailerGiven) {
            return false;
        }
        trailerGiven = true;
        byte[] trailer = GzipMember.trailer(crc, inputBytes);
        give(trailer, trailer.length);
        return true;
    }

    private void fill() throws IOException {
        int count = source.readNBytes(input, 0, INPUT_BYTES);
        sourceEnded = count < INPUT_BYTES;
        crc.update(input, 0, count);
        inputBytes += count;
        synchronized (deflater) {
            checkOpen();
            deflater.setInput(input, 0, count);
            if (sourceEnded) {
                deflater.finish();
            }
        }
    }

    private int deflate() throws IOException {
        try {
            processors.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        }
        try {
            synchronized (deflater) {
                checkOpen();
                int count = deflater.deflate(buffer, 0, OUTPUT_BYTES);
                hungry = deflater.needsInput();
                finished = deflater.finished();
                return count;
            }
        } finally {
            processors.release();
        }
    }

    private void give(byte[] bytes, int length) {
        output = bytes;
        position = 0;
        limit = length;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream was closed before its end");
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (deflater) {
            if (closed) {
                return;
            }
            closed = true;
            deflater.end(); // a quarter of a megabyte outside of the heap
        }
        source.close();
    }
}
