package io.mgnlbackup.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source and gives it back as one gzip member.
 *
 * <p>The thread that reads this stream reads the source, a few blocks ahead, and workers compress them meanwhile. The last bytes of the member
 * come only after the source's own end-of-file: a source that throws makes this stream throw, and what was given until then is no
 * complete member. To be read by one thread; may be closed by another.
 */
final class ParallelGzipInputStream extends PieceInputStream {

    /** A last block that is empty: final bit, fixed codes, end of block (RFC 1951). */
    private static final byte[] LAST_BLOCK = {3, 0};

    private final InputStream source;
    private final ExecutorService workers;
    private final Supplier<Deflater> deflaters;
    private final Deque<Block> free = new ArrayDeque<>();
    private final Deque<Future<Block>> inFlight = new ArrayDeque<>();
    private final CRC32 crc = new CRC32();
    private long inputBytes;
    private @Nullable Block newest;
    private boolean sourceEnded;
    private boolean trailerGiven;
    private @Nullable Block current;
    private volatile boolean closed;

    ParallelGzipInputStream(InputStream source, int blocks, ExecutorService workers, Supplier<Deflater> deflaters) {
        super(GzipMember.HEADER);
        this.source = source;
        this.workers = workers;
        this.deflaters = deflaters;
        for (int i = 0; i < blocks; i++) {
            free.add(new Block());
        }
    }

    @Override
    boolean next() throws IOException {
        if (current != null) {
            free.add(current);
            current = null;
        }
        readAhead();
        Future<Block> oldest = inFlight.poll();
        if (oldest != null) {
            current = await(oldest);
            give(current.output(), 0, current.outputLength());
            return true;
        }
        if (trailerGiven) {
            return false;
        }
        trailerGiven = true;
        byte[] end = end();
        give(end, 0, end.length);
        return true;
    }

    private void readAhead() throws IOException {
        while (!sourceEnded && !free.isEmpty()) {
            Block block = free.remove();
            if (newest == null) {
                block.begin();
            } else {
                block.follow(newest);
            }
            int read = block.fill(source);
            checkOpen();
            sourceEnded = read < Block.INPUT_BYTES;
            if (read == 0) {
                free.add(block);
                return;
            }
            block.addTo(crc);
            inputBytes += read;
            newest = block;
            inFlight.add(workers.submit(() -> block.deflate(deflaters.get())));
        }
    }

    private static Block await(Future<Block> block) throws IOException {
        try {
            return block.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        } catch (ExecutionException e) {
            throw new IOException("cannot compress: " + e.getCause(), e.getCause());
        }
    }

    private byte[] end() {
        byte[] trailer = GzipMember.trailer(crc, inputBytes);
        return ByteBuffer.allocate(LAST_BLOCK.length + trailer.length)
                .put(LAST_BLOCK)
                .put(trailer)
                .array();
    }

    @Override
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            source.close();
        }
    }
}
