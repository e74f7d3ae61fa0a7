package io.mgnlbackup.dump;

import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One backup from its reservation to its end: what is known of it while it runs, and the handle that stops it. */
public final class BackupRun {

    private final String id;
    private final Trigger trigger;
    private final Instant startedAt;
    private final LongAdder dumpedBytes = new LongAdder();
    private volatile ObjectKey key;
    private final AtomicReference<@Nullable Payload> source = new AtomicReference<>();
    private final AtomicReference<@Nullable String> abortReason = new AtomicReference<>();

    BackupRun(String id, Trigger trigger, Instant startedAt, ObjectKey key) {
        this.id = id;
        this.trigger = trigger;
        this.startedAt = startedAt;
        this.key = key;
    }

    /** A ULID of 26 characters, which the object will carry as a tag. */
    public String id() {
        return id;
    }

    /** Who asked. */
    public Trigger trigger() {
        return trigger;
    }

    /** The start, a whole second. */
    public Instant startedAt() {
        return startedAt;
    }

    /** The name that the object will have. */
    public ObjectKey key() {
        return key;
    }

    /** Takes another name, since the first one is taken. */
    void rename(ObjectKey free) {
        key = free;
    }

    /** Bytes that the dump command has written so far. */
    public long dumpedBytes() {
        return dumpedBytes.sum();
    }

    /** Why somebody aborted this run; null if nobody did. */
    @Nullable
    String abortReason() {
        return abortReason.get();
    }

    /** Counts the bytes that go by, and remembers the payload so that {@link #abort} can stop its source. */
    Payload follow(Payload payload) {
        source.set(payload);
        if (abortReason.get() != null) {
            stopSource();
        }
        return payload.through(stream -> new CountingInputStream(stream, dumpedBytes));
    }

    /** Kills the dump, from any thread; the run then fails with this reason. */
    void abort(String reason) {
        abortReason.compareAndSet(null, reason);
        stopSource();
    }

    private void stopSource() {
        Payload payload = source.get();
        if (payload == null) {
            return;
        }
        try {
            payload.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "backup " + id;
    }

    private static final class CountingInputStream extends java.io.FilterInputStream {

        private final LongAdder count;

        CountingInputStream(InputStream in, LongAdder count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count.add(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count.add(Math.max(0, read));
            return read;
        }
    }
}
