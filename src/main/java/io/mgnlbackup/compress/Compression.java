package io.mgnlbackup.compress;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.Payload;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step of a route that compresses a payload while it is read. */
public final class Compression implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Compression.class);

    private final int level;
    private final int threads;
    private final boolean libdeflate;
    private final AtomicBoolean told = new AtomicBoolean();
    private final Processors processors; // for payloads that are compressed by their readers
    private final ThreadLocal<Deflater> deflaters; // one for each worker, as long as it lives
    private final ExecutorService workers;

    /** Compresses at this level with so many threads, shared by all payloads. */
    public Compression(Settings.Compression settings) {
        this.deflaters = ThreadLocal.withInitial(() -> new Deflater(settings.level(), true));
        this.level = settings.level();
        this.libdeflate = settings.libdeflate();
        this.threads = settings.threads();
        this.processors = new Processors(threads);
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
     * than there are threads. For what says itself where it ends: with libdeflate it is a series of members. The seal has no sum of what
     * went in: a WAL file's stands in its tags.
     */
    public Payload compressSerially(Payload payload) {
        Sealing sealing = new Sealing(false);
        boolean members = usesLibdeflate();
        return payload.through(source -> {
            InputStream watched = sealing.before(source);
            return sealing.after(
                    members
                            ? new MembersInputStream(watched, level, processors)
                            : new SerialGzipInputStream(watched, level, processors));
        });
    }

    private boolean usesLibdeflate() {
        if (!libdeflate) {
            return false;
        }
        Optional<String> defect = Libdeflate.defect();
        if (!told.getAndSet(true)) {
            LOG.info(defect.map(why ->
                            "WAL files are compressed by zlib, which takes several times as long as libdeflate: " + why)
                    .orElse("WAL files are compressed by libdeflate"));
        }
        return defect.isEmpty();
    }

    /** Most bytes of buffers that one payload takes. */
    public long memoryBytes() {
        return (long) blocksInFlight() * Block.MEMORY_BYTES;
    }

    /** Most bytes of buffers that one payload takes which its reader compresses. */
    public long serialMemoryBytes() {
        return MembersInputStream.MEMORY_BYTES;
    }

    private int blocksInFlight() {
        return threads + 2; // one is being read, one is being sent
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
