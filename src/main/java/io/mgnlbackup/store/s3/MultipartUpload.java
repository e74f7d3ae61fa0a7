package io.mgnlbackup.store.s3;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.PartBuffers;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** A multipart upload under way; closing it before {@link #commit} returned aborts it, so that nothing becomes visible. */
final class MultipartUpload implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(MultipartUpload.class);

    /** How long an abort waits for parts on their way: a part that arrives after the abort may stay in the store. */
    private static final Duration LAST_PARTS = Duration.ofSeconds(30);

    private final UploadCheck check;
    private final PartBuffers buffers;
    private final Executor threads;
    private final String id;
    private final ConcurrentSkipListMap<Integer, CompletedPart> sent = new ConcurrentSkipListMap<>();
    private final List<PartTask> tasks = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private long bytes;
    private boolean committed;

    private MultipartUpload(UploadCheck check, PartBuffers buffers, Executor threads, String id) {
        this.check = check;
        this.buffers = buffers;
        this.threads = threads;
        this.id = id;
    }

    /** Begins an upload of the object that the check is for; the parts come from these buffers. */
    static MultipartUpload begin(UploadCheck check, PartBuffers buffers, Executor threads) {
        try {
            String id = check.bucket()
                    .client()
                    .createMultipartUpload(
                            request -> request.bucket(check.bucket().name())
                                    .key(check.key().value())
                                    .metadata(check.metadata()))
                    .uploadId();
            return new MultipartUpload(check, buffers, threads, id);
        } catch (SdkException e) {
            throw check.bucket().errors().of("cannot begin to store '" + check.key() + "'", e);
        }
    }

    /** Sends a part in the background and gives its buffers back; fails if a part before it failed. */
    void send(Part part) {
        PartTask task = new PartTask(() -> upload(part), () -> buffers.give(part.buffers()));
        if (part.length() == 0 || failure.get() != null) {
            task.stop();
        }
        bytes += part.length();
        tasks.add(task);
        try {
            threads.execute(() -> {
                task.run();
                tasks.remove(task);
            });
        } catch (RejectedExecutionException e) {
            buffers.give(part.buffers());
            failure.compareAndSet(null, e);
        }
        throwFailure();
    }

    private void upload(Part part) {
        try {
            String etag = check.bucket()
                    .client()
                    .uploadPart(
                            request -> request.bucket(check.bucket().name())
                                    .key(check.key().value())
                                    .uploadId(id)
                                    .partNumber(part.number())
                                    .contentMD5(part.md5())
                                    .overrideConfiguration(CallLimits.sending(part.length())),
                            part.body())
                    .eTag();
            sent.put(
                    part.number(),
                    CompletedPart.builder().partNumber(part.number()).eTag(etag).build());
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void throwFailure() {
        Throwable thrown = failure.get();
        if (thrown instanceof SdkException e) {
            throw check.bucket().errors().of("cannot store '" + check.key() + "'", e);
        }
        if (thrown != null) {
            throw new StoreException(
                    Problem.Kind.FAILED, "cannot store '" + check.key() + "': " + thrown, null, false, thrown);
        }
    }

    /** Waits for the parts, makes the object visible and has the store confirm it. */
    StoredObject commit() throws InterruptedException {
        buffers.awaitAll();
        throwFailure();
        StoredObject stored = complete();
        committed = true;
        return stored;
    }

    private StoredObject complete() {
        CompleteMultipartUploadResponse answer;
        try {
            answer = check.bucket()
                    .client()
                    .completeMultipartUpload(
                            request -> request.bucket(check.bucket().name())
                                    .key(check.key().value())
                                    .uploadId(id)
                                    .multipartUpload(parts -> parts.parts(sent.values()))
                                    .overrideConfiguration(CallLimits.completing()));
        } catch (SdkException e) {
            return Uninterrupted.call(() -> check.find(bytes))
                    .orElseThrow(() -> check.bucket().errors().of("cannot store '" + check.key() + "'", e));
        }
        return Uninterrupted.call(() -> check.confirm(bytes, Optional.ofNullable(answer.eTag())));
    }

    @Override
    public void close() {
        if (committed) {
            return;
        }
        tasks.forEach(PartTask::stop);
        try {
            Uninterrupted.call(this::abort);
        } catch (SdkException e) {
            log.warn(
                    "cannot abort the upload of '{}', which stays invisible; the next start cleans up: {}",
                    check.key(),
                    e.getMessage());
        }
    }

    private boolean abort() {
        if (!buffers.awaitAll(LAST_PARTS)) {
            log.warn("some parts of '{}' are still on their way while its upload is aborted", check.key());
        }
        abort(check.bucket(), check.key().value(), id);
        return true;
    }

    /** Aborts an upload; one that is not there is a success. */
    static void abort(S3Bucket bucket, String key, String uploadId) {
        try {
            bucket.client()
                    .abortMultipartUpload(
                            request -> request.bucket(bucket.name()).key(key).uploadId(uploadId));
        } catch (AwsServiceException e) {
            if (e.statusCode() != 404) {
                throw e;
            }
        }
    }
}
