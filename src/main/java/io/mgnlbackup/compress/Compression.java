package io.mgnlbackup.compress;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.Payload;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/** The step of a route that compresses a payload while it is read. */
public final class Compression implements AutoCloseable {

    private final int threads;
    private final ThreadLocal<Deflater> deflaters; // one for each worker, as long as it lives
    private final ExecutorService workers;

    /** Compresses at this level with so many threads, shared by all payloads. */
    public Compression(Settings.Compression settings) {
        this.deflaters = ThreadLocal.withInitial(() -> new Deflater(settings.level(), true));
        this.threads = settings.threads();
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "compress-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The same bytes as one gzip member. */
    public Payload compress(Payload payload) {
        return payload.through(
                source -> new ParallelGzipInputStream(source, blocksInFlight(), workers, deflaters::get));
    }

    /** Most bytes of buffers that one payload takes. */
    public long memoryBytes() {
        return (long) blocksInFlight() * Block.MEMORY_BYTES;
    }

    private int blocksInFlight() {
        return threads + 2; // one is being read, one is being sent
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
