package io.mgnlbackup.store.s3;

import io.mgnlbackup.store.ObjectKey;
import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
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
        UploadClaim claim = new UploadClaim(sidecar, object.value());
        try {
            String id = bucket.client()
                    .createMultipartUpload(
                            request -> request.bucket(bucket.name()).key(claim.key()))
                    .uploadId();
            return () -> claim.giveBack(bucket, id);
        } catch (SdkException e) {
            throw bucket.errors().of("cannot begin to store '" + object + "'", e);
        }
    }

    private void giveBack(S3Bucket bucket, String id) {
        try {
            Uninterrupted.call(() -> {
                abortRemains(bucket);
                MultipartUpload.abort(bucket, key(), id);
                return id;
            });
        } catch (SdkException e) {
            // The claim stands, so that it stays known whose the upload is.
            log.warn(
                    "something may be left of the upload of '{}', and stays invisible; the next start cleans up: {}",
                    object,
                    e.getMessage());
        }
    }

    /**
     * Aborts what is left of the upload after its end: all of it when it could not be aborted, or a second one when the answer to its
     * beginning was lost and the SDK began it again.
     */
    private void abortRemains(S3Bucket bucket) {
        List<software.amazon.awssdk.services.s3.model.MultipartUpload> uploads = uploads(bucket);
        List<String> claims = uploads.stream()
                .map(software.amazon.awssdk.services.s3.model.MultipartUpload::key)
                .filter(key -> parse(key)
                        .filter(claim -> claim.object().equals(object))
                        .isPresent())
                .distinct()
                .toList();
        if (!claims.equals(List.of(key()))) {
            return; // another sidecar stores an object of this name now, or this store does not show claims
        }
        for (String key : List.of(object, key())) { // the claim last
            uploads.stream()
                    .filter(upload -> upload.key().equals(key))
                    .forEach(upload -> MultipartUpload.abort(bucket, key, upload.uploadId()));
        }
    }

    /** None when these credentials may not see them, or the store cannot show them. */
    private List<software.amazon.awssdk.services.s3.model.MultipartUpload> uploads(S3Bucket bucket) {
        try {
            return S3Leftovers.list(bucket, object);
        } catch (AwsServiceException e) {
            if (e.statusCode() >= 500 && e.statusCode() != 501) {
                throw e;
            }
            return List.of();
        }
    }
}
