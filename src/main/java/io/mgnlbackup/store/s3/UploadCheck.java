package io.mgnlbackup.store.s3;

import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Asks the store what it holds, after an upload said that it worked or that it did not: an answer may be lost, come twice, or say 200
 * and mean an error.
 *
 * <p>Each upload marks its object with an identifier of its own ({@link Tags#UPLOAD_KEY}), so an older object of the same key, or one
 * that somebody else put there, is never taken for it.
 *
 * @param upload 26 characters, unique to this upload
 */
record UploadCheck(S3Bucket bucket, ObjectKey key, Tags tags, String upload) {

    private static final Logger log = LoggerFactory.getLogger(UploadCheck.class);

    /** The user metadata that the object is to be stored with. */
    Map<String, String> metadata() {
        return tags.toMetadata(upload);
    }

    /** The object, if it is there, whole and of this upload; empty if not, or if the store does not say. */
    Optional<StoredObject> find(long bytes) {
        try {
            HeadObjectResponse head = head();
            return isOurs(head) && defect(head, bytes, Optional.empty()).isEmpty()
                    ? Optional.of(stored(key, head))
                    : Optional.empty();
        } catch (SdkException e) {
            return Optional.empty();
        }
    }

    /**
     * The object, which is there, whole and of this upload; fails otherwise, and removes what this upload left.
     *
     * @param etag what the store answered to the upload; Ceph answers an empty one to the end of a multipart upload
     */
    StoredObject confirm(long bytes, Optional<String> etag) {
        HeadObjectResponse head;
        try {
            head = head();
        } catch (SdkException e) {
            throw bucket.errors().of("cannot confirm that '" + key + "' is stored", e);
        }
        if (!isOurs(head)) {
            throw bucket.errors()
                    .of(
                            "cannot confirm that '" + key + "' is stored",
                            "the object there is not the one that was sent",
                            "only one sidecar may write objects of this name; the store has to keep user metadata");
        }
        Optional<String> defect = defect(head, bytes, etag);
        if (defect.isPresent()) {
            remove();
            throw bucket.errors().of("cannot store '" + key + "'", defect.get(), null);
        }
        return stored(key, head);
    }

    private HeadObjectResponse head() {
        return bucket.client()
                .headObject(request -> request.bucket(bucket.name()).key(key.value()));
    }

    private boolean isOurs(HeadObjectResponse head) {
        return Tags.isOfUpload(head.metadata(), upload);
    }

    private Optional<String> defect(HeadObjectResponse head, long bytes, Optional<String> etag) {
        if (head.contentLength() != bytes) {
            return Optional.of("the store holds " + head.contentLength() + " of " + bytes + " bytes");
        }
        if (!Tags.fromMetadata(head.metadata()).equals(tags)) {
            return Optional.of("the store changed its tags");
        }
        return etag.map(UploadCheck::unquoted)
                .filter(expected -> !expected.isEmpty())
                .filter(expected -> !expected.equals(unquoted(head.eTag())))
                .map(expected -> "the store holds version " + head.eTag() + ", not " + expected);
    }

    private void remove() {
        try {
            bucket.client()
                    .deleteObject(request -> request.bucket(bucket.name()).key(key.value()));
        } catch (SdkException e) {
            log.warn("cannot remove '{}', which is not whole: {}", key, e.getMessage());
        }
    }

    /** The facts in the answer to HEAD. */
    static StoredObject stored(ObjectKey key, HeadObjectResponse head) {
        return new StoredObject(
                key,
                head.contentLength(),
                head.lastModified() == null ? Instant.EPOCH : head.lastModified(),
                unquoted(head.eTag()),
                Optional.of(Tags.fromMetadata(head.metadata())));
    }

    /** Stores do not agree on the quotes around an ETag. */
    static String unquoted(@org.jspecify.annotations.Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }
}
