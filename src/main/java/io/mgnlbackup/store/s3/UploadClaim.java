package io.mgnlbackup.store.s3;

import io.mgnlbackup.store.ObjectKey;
import java.io.Closeable;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says in the bucket whose a multipart upload is, from before it begins until after it ends.
 *
 * <p>A multipart upload carries nothing that a listing shows but its key. So the claim is a second multipart upload, without parts,
 * whose key is the object's key, {@value #MARK} and the {@link SidecarId}. It never becomes an object: no listing of objects shows it,
 * it costs nothing, needs no more permissions, and neither versions nor object locks keep it.
 *
 * @param sidecar who began the upload
 * @param object the key of the object to be
 */
record UploadClaim(SidecarId sidecar, String object) {

    private static final Logger log = LoggerFactory.getLogger(UploadClaim.class);
    private static final String MARK = ".mgnlbackup-claim-";

    /** A claim that stands in the bucket; closing it takes it back. */
    interface Standing extends Closeable {
        @Override
        void close();
    }

    /** Reads the key of a multipart upload; empty when it is not a claim's. */
    static Optional<UploadClaim> parse(String key) {
        int mark = key.lastIndexOf(MARK);
        return mark < 0
                ? Optional.empty()
                : SidecarId.parse(key.substring(mark + MARK.length()))
                        .map(sidecar -> new UploadClaim(sidecar, key.substring(0, mark)));
    }

    /** The key of the claim. */
    String key() {
        return object + MARK + sidecar;
    }

    /** Claims the upload that is about to begin. */
    static Standing take(S3Bucket bucket, ObjectKey object, SidecarId sidecar) {
        String key = new UploadClaim(sidecar, object.value()).key();
        try {
            String id = bucket.client()
                    .createMultipartUpload(
                            request -> request.bucket(bucket.name()).key(key))
                    .uploadId();
            return () -> giveBack(bucket, key, id);
        } catch (SdkException e) {
            throw bucket.errors().of("cannot begin to store '" + object + "'", e);
        }
    }

    private static void giveBack(S3Bucket bucket, String key, String id) {
        try {
            Uninterrupted.call(() -> {
                MultipartUpload.abort(bucket, key, id);
                return key;
            });
        } catch (SdkException e) {
            log.warn("cannot abort '{}', which holds nothing; the next start cleans up: {}", key, e.getMessage());
        }
    }
}
