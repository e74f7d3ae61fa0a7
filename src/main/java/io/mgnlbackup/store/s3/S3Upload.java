package io.mgnlbackup.store.s3;

import com.github.f4b6a3.ulid.UlidCreator;
import io.mgnlbackup.store.PartBuffers;
import io.mgnlbackup.store.PayloadReader;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.util.Optional;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Stores one object from a stream of any length, in bounded memory: see {@link PartPlan}.
 *
 * <p>What ends within the first part is put at once. Anything longer is a multipart upload whose parts are sent in parallel. It is
 * completed only after the source said that it ended well and this thread was not interrupted, and aborted on anything else.
 */
final class S3Upload {

    private final S3Bucket bucket;
    private final PartPlan plan;
    private final Executor threads;
    private final SidecarId sidecar;

    S3Upload(S3Bucket bucket, PartPlan plan, Executor threads, SidecarId sidecar) {
        this.bucket = bucket;
        this.plan = plan;
        this.threads = threads;
        this.sidecar = sidecar;
    }

    /** Stores an object and closes its payload. */
    StoredObject run(Upload upload) {
        try (PayloadReader source = new PayloadReader(upload)) {
            checkSize(upload);
            return store(upload, source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PayloadReader.interrupted(upload.key(), e);
        }
    }

    private void checkSize(Upload upload) {
        int bytes = upload.tags().encode().length();
        if (bytes > Tags.MAX_ENCODED_BYTES) {
            throw bucket.errors()
                    .of(
                            "cannot store '" + upload.key() + "'",
                            "its tags take " + bytes + " bytes, and S3 allows " + Tags.MAX_ENCODED_BYTES,
                            "shorten the MGNLBACKUP_TAGS_ settings");
        }
    }

    private StoredObject store(Upload upload, PayloadReader source) throws InterruptedException {
        UploadCheck check = new UploadCheck(
                bucket, upload.key(), upload.tags(), UlidCreator.getUlid().toString());
        PartBuffers buffers = new PartBuffers(bufferBytes(upload));
        PartCutter cutter = new PartCutter(source, plan, buffers);
        Part first = cutter.next();
        source.checkNotInterrupted();
        if (source.ended()) {
            return putAtOnce(check, first);
        }
        UploadClaim.Standing claim = UploadClaim.take(bucket, upload.key(), sidecar);
        try {
            return putInParts(check, buffers, first, cutter, source);
        } finally {
            claim.close();
        }
    }

    private StoredObject putInParts(
            UploadCheck check, PartBuffers buffers, Part first, PartCutter cutter, PayloadReader source)
            throws InterruptedException {
        try (MultipartUpload parts = MultipartUpload.begin(check, buffers, threads)) {
            parts.send(first);
            while (!source.ended()) {
                parts.send(cutter.next());
            }
            source.checkNotInterrupted();
            return parts.commit();
        }
    }

    /** Something small of known length gets a buffer of its size. */
    private int bufferBytes(Upload upload) {
        long length = Math.max(1, upload.payload().length().orElse(plan.partBytes()));
        return (int) Math.min(plan.partBytes(), length);
    }

    private StoredObject putAtOnce(UploadCheck check, Part part) {
        PutObjectResponse answer;
        try {
            answer = bucket.client()
                    .putObject(
                            request -> request.bucket(bucket.name())
                                    .key(check.key().value())
                                    .metadata(check.metadata())
                                    .contentMD5(part.md5())
                                    .overrideConfiguration(CallLimits.sending(part.length())),
                            part.body());
        } catch (SdkException e) {
            // The answer may have been lost, not the object.
            return Uninterrupted.call(() -> check.find(part.length()))
                    .orElseThrow(() -> bucket.errors().of("cannot store '" + check.key() + "'", e));
        }
        return Uninterrupted.call(() -> check.confirm(part.length(), Optional.ofNullable(answer.eTag())));
    }
}
