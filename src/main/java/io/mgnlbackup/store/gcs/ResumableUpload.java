package io.mgnlbackup.store.gcs;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Storage;
import io.mgnlbackup.store.PartBuffers;
import io.mgnlbackup.store.StoredObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A resumable upload under way, one chunk after the other on a thread of its own, so that the next is read meanwhile.
 *
 * <p>Closing the client's channel would end the upload and make visible what was sent so far. So {@link #commit} alone closes it; an
 * upload that is given up is left, and Google forgets it after a week. It is no object, and no listing shows it.
 */
final class ResumableUpload implements Closeable {

    private final UploadCheck check;
    private final PartBuffers buffers;
    private final ExecutorService threads;
    private final WriteChannel channel;
    private @Nullable Future<Boolean> last;
    private long bytes;

    private ResumableUpload(UploadCheck check, PartBuffers buffers, ExecutorService threads, WriteChannel channel) {
        this.check = check;
        this.buffers = buffers;
        this.threads = threads;
        this.channel = channel;
    }

    /** Begins an upload of the object that the check is for; the chunks come from these buffers. */
    static ResumableUpload begin(UploadCheck check, int chunkBytes, PartBuffers buffers, ExecutorService threads) {
        long generation = check.generation();
        WriteChannel channel = check.bucket()
                .storage()
                .writer(
                        check.target(generation),
                        generation == 0
                                ? Storage.BlobWriteOption.doesNotExist()
                                : Storage.BlobWriteOption.generationMatch());
        channel.setChunkSize(chunkBytes);
        return new ResumableUpload(check, buffers, threads, channel);
    }

    /** Sends a chunk in the background, after the one before, and gives its buffer back; fails if the one before failed. */
    void send(byte[] buffer, int length) throws InterruptedException {
        awaitLast();
        bytes += length;
        last = threads.submit(() -> {
            try {
                write(ByteBuffer.wrap(buffer, 0, length));
                check.sum().update(buffer, 0, length);
                return true;
            } finally {
                buffers.give(List.of(buffer));
            }
        });
    }

    private void write(ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining()) {
            if (channel.write(chunk) <= 0) {
                throw new IOException("the store takes no more bytes");
            }
        }
    }

    private void awaitLast() throws InterruptedException {
        if (last == null) {
            return;
        }
        try {
            BoundedCall.await(last, bytes());
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** As many bytes as a chunk has at most. */
    private long bytes() {
        return buffers.bytes();
    }

    private RuntimeException failed(Exception e) {
        return check.bucket().errors().ofUpload("cannot store '" + check.key() + "'", e);
    }

    /** Waits for the last chunk, makes the object visible and has the store confirm it. */
    StoredObject commit() throws InterruptedException {
        awaitLast();
        try {
            BoundedCall.run(threads, bytes(), this::end);
        } catch (RuntimeException e) {
            // The answer may have been lost, not the object; or the object is there and is not whole.
            return BoundedCall.run(threads, 0, () -> check.find(bytes)).orElseThrow(() -> failed(e));
        }
        return BoundedCall.run(threads, 0, () -> check.confirm(bytes));
    }

    private boolean end() {
        try {
            channel.close();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives up what was not committed. The channel stays open: see above. */
    @Override
    public void close() {
        if (last != null) {
            last.cancel(true);
        }
    }
}
