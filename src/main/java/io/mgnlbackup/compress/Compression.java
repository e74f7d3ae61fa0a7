package io.mgnlbackup.compress;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.Payload;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/** The step of a route that compresses a payload while it is read. */
public final class Compression implements AutoCloseable {

    private final int level;
    private final int threads;
    private final Semaphore processors; // for payloads that are compressed by their readers
    private final ThreadLocal<Deflater> deflaters; // one for each worker, as long as it lives
    private final ExecutorService workers;

    /** Compresses at this level with so many threads, shared by all payloads. */
    public Compression(Settings.Compression settings) {
        this.deflaters = ThreadLocal.withInitial(() -> new Deflater(settings.level(), true));
        this.level = settings.level();
        this.threads = settings.threads();
        this.processors = new Semaphore(threads);
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "compress-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The same bytes as one gzip member, and a {@link io.mgnlbackup.format.GzipSeal} behind it. */
    public Payload compress(Payload payload) {
        Sealing sealing = new Sealing(true);
        return payload.through(source -> sealing.after(
                new ParallelGzipInputStream(sealing.before(source), blocksInFlight(), workers, deflaters::get)));
    }

    /**
     * The same, by the thread that reads the payload: less work where several payloads are read at once. No more of them compress at a time
     * than there are threads. The seal has no sum of what went in: a WAL file's stands in its tags.
     */
    public Payload compressSerially(Payload payload) {
        Sealing sealing = new Sealing(false);
        return payload.through(
                source -> sealing.after(new SerialGzipInputStream(sealing.before(source), level, processors)));
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
