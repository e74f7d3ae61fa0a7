package io.mgnlbackup.store;

import io.mgnlbackup.problem.Problem;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the payload of an upload for a store, which so can tell a failing source from a failing disk or network.
 *
 * <p>Every failure of the source is a {@link SourceFailure}: it threw, or its length is not what it promised. An interrupt of the
 * thread is a {@link StoreException}. Closing closes the payload.
 */
public final class PayloadReader implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(PayloadReader.class);

    private final ObjectKey key;
    private final Payload payload;
    private long count;
    private boolean ended;

    /** Reads the payload of this upload from its start. */
    public PayloadReader(Upload upload) {
        this.key = upload.key();
        this.payload = upload.payload();
    }

    /** Fills the buffer; returns how many bytes it holds now, fewer than fit only at the true end of the source. */
    public int fill(byte[] buffer) {
        int filled = 0;
        while (filled < buffer.length && !ended) {
            filled += Math.max(read(buffer, filled, buffer.length - filled), 0);
        }
        if (!ended && payload.length().isPresent() && count == payload.length().getAsLong()) {
            read(new byte[1], 0, 1);
        }
        return filled;
    }

    /** Whether the source said that it ended well. */
    public boolean ended() {
        return ended;
    }

    /** How many bytes the source gave so far. */
    public long count() {
        return count;
    }

    /** Fails if somebody interrupted this thread, whose flag stays set. */
    public void checkNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(key, null);
        }
    }

    /** What a store throws when its thread is interrupted. */
    public static StoreException interrupted(ObjectKey key, @org.jspecify.annotations.Nullable Throwable cause) {
        return new StoreException(Problem.Kind.FAILED, "storing '" + key + "' was interrupted", null, true, cause);
    }

    private int read(byte[] buffer, int offset, int length) {
        checkNotInterrupted();
        int read = readSource(buffer, offset, length);
        if (read < 0) {
            ended = true;
        } else {
            count += read;
        }
        checkLength();
        return read;
    }

    private int readSource(byte[] buffer, int offset, int length) {
        try {
            return payload.stream().read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw SourceFailure.of(key, e);
        }
    }

    private void checkLength() {
        if (payload.length().isEmpty()) {
            return;
        }
        long promised = payload.length().getAsLong();
        if (count > promised) {
            throw SourceFailure.ofLength(key, promised, "more");
        }
        if (ended && count < promised) {
            throw SourceFailure.ofLength(key, promised, count + " bytes");
        }
    }

    @Override
    public void close() {
        try {
            payload.close();
        } catch (IOException | RuntimeException e) {
            log.warn("cannot close the source of '{}': {}", key, e.toString());
        }
    }
}
