package io.mgnlbackup.testing;

import io.mgnlbackup.store.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.Random;

/** A source of bytes that are the same for each run, that can fail, and that knows whether it was closed. */
public final class TestPayload extends InputStream {

    /** What happens when all bytes are read, instead of the end; may throw. */
    public interface End {
        /** Comes to the end of the stream. */
        void reached() throws IOException;
    }

    private final long length;
    private final End end;
    private final Random random = new Random(42);
    private long given;
    private boolean closed;

    private TestPayload(long length, End end) {
        this.length = length;
        this.end = end;
    }

    /** Gives this many bytes and ends well. */
    public static TestPayload of(long length) {
        return new TestPayload(length, () -> {});
    }

    /** Gives this many bytes and then throws, where others say that it is the end. */
    public static TestPayload failingAfter(long length) {
        return endingWith(length, () -> {
            throw new IOException("the dump ended with exit code 1");
        });
    }

    /** Gives this many bytes and then does this. */
    public static TestPayload endingWith(long length, End end) {
        return new TestPayload(length, end);
    }

    /** The first bytes of every such source. */
    public static byte[] bytes(int length) {
        try {
            return of(length).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a payload of unknown length. */
    public Payload payload() {
        return Payload.ofUnknownLength(this);
    }

    /** As a payload that says it has this length. */
    public Payload payload(OptionalLong promised) {
        return promised.isPresent() ? Payload.ofLength(this, promised.getAsLong()) : payload();
    }

    /** Whether somebody closed it. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public int read() throws IOException {
        if (given == length) {
            end.reached();
            return -1;
        }
        given++;
        return random.nextInt() >>> 24;
    }

    /** Gives a few kilobytes at most, as a pipe does. */
    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        int count = 0;
        while (count < Math.min(wanted, 5000) && given < length) {
            buffer[offset + count++] = (byte) read();
        }
        return count == 0 && wanted > 0 ? read() : count;
    }

    @Override
    public void close() {
        closed = true;
    }
}
