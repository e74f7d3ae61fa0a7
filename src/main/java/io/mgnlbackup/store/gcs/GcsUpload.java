package io.mgnlbackup.store.gcs;

import com.github.f4b6a3.ulid.UlidCreator;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import io.mgnlbackup.store.PartBuffers;
import io.mgnlbackup.store.PayloadReader;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Upload;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.zip.CRC32C;

/**
 * Stores one object from a stream of any length, in memory of {@value #CHUNKS_IN_MEMORY} chunks: one that is being filled, one that is
 * being sent, and the client's copy of the last.
 *
 * <p>What ends within the first chunk is put at once. Anything longer is a resumable upload, which is ended only after the source said
 * that it ended well and this thread was not interrupted. Every write is tied to the generation of the object that it replaces, so a try
 * that comes twice does no harm.
 */
final class GcsUpload {

    /** How many chunks an upload holds in memory. */
    static final int CHUNKS_IN_MEMORY = 3;

    private static final int CHUNKS_IN_USE = 2;
    private static final int PRECONDITION_FAILED = 412;

    private final GcsBucket bucket;
    private final int chunkBytes;
    private final ExecutorService threads;

    GcsUpload(GcsBucket bucket, int chunkBytes, ExecutorService threads) {
        this.bucket = bucket;
        this.chunkBytes = chunkBytes;
        this.threads = threads;
    }

    /** Stores an object and closes its payload. */
    StoredObject run(Upload upload) {
        try (PayloadReader source = new PayloadReader(upload)) {
            return store(upload, source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PayloadReader.interrupted(upload.key(), e);
        }
    }

    private StoredObject store(Upload upload, PayloadReader source) throws InterruptedException {
        UploadCheck check = new UploadCheck(
                bucket, upload.key(), upload.tags(), UlidCreator.getUlid().toString(), new CRC32C());
        PartBuffers buffers = new PartBuffers(bufferBytes(upload));
        byte[] first = buffers.take(CHUNKS_IN_USE);
        int length = source.fill(first);
        source.checkNotInterrupted();
        if (source.ended()) {
            return putAtOnce(check, first, length);
        }
        try (ResumableUpload resumable = begin(check, buffers)) {
            resumable.send(first, length);
            while (!source.ended()) {
                byte[] next = buffers.take(CHUNKS_IN_USE);
                resumable.send(next, source.fill(next));
            }
            source.checkNotInterrupted();
            return resumable.commit();
        }
    }

    private ResumableUpload begin(UploadCheck check, PartBuffers buffers) {
        try {
            return ResumableUpload.begin(check, chunkBytes, buffers, threads);
        } catch (StorageException e) {
            throw bucket.errors().ofUpload("cannot begin to store '" + check.key() + "'", e);
        }
    }

    /** Something small of known length gets a buffer of its size. */
    private int bufferBytes(Upload upload) {
        long length = Math.max(1, upload.payload().length().orElse(chunkBytes));
        return (int) Math.min(chunkBytes, length);
    }

    private StoredObject putAtOnce(UploadCheck check, byte[] bytes, int length) {
        check.sum().update(bytes, 0, length);
        try {
            return BoundedCall.run(threads, length, () -> putTwice(check, bytes, length));
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // The answer may have been lost, not the object.
            return BoundedCall.run(threads, 0, () -> check.find(length))
                    .orElseThrow(() -> bucket.errors().ofUpload("cannot store '" + check.key() + "'", e));
        }
    }

    /** Nearly always there is no object of that name yet, so that is tried without asking. */
    private StoredObject putTwice(UploadCheck check, byte[] bytes, int length) {
        try {
            return put(check, 0, bytes, length);
        } catch (StorageException e) {
            if (e.getCode() != PRECONDITION_FAILED) {
                throw e;
            }
            Optional<StoredObject> ours = check.find(length);
            return ours.isPresent() ? ours.get() : put(check, check.generation(), bytes, length);
        }
    }

    private StoredObject put(UploadCheck check, long generation, byte[] bytes, int length) {
        // The client sends a checksum along, which the store compares before the object is visible.
        Blob blob = bucket.storage()
                .create(
                        check.target(generation),
                        bytes,
                        0,
                        length,
                        generation == 0
                                ? Storage.BlobTargetOption.doesNotExist()
                                : Storage.BlobTargetOption.generationMatch());
        return check.whole(blob, length);
    }
}
