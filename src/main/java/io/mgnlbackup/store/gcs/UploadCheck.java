package io.mgnlbackup.store.gcs;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store what it holds after an upload said that it worked or that it did not, and removes what is there but not whole.
 *
 * <p>Each upload marks its object with an identifier of its own ({@link Tags#UPLOAD_KEY}), so an older object of the same key, or one
 * that somebody else put there, is never taken for it.
 *
 * @param upload 26 characters, unique to this upload
 * @param sum of all bytes that were sent
 */
record UploadCheck(GcsBucket bucket, ObjectKey key, Tags tags, String upload, CRC32C sum) {

    private static final Logger log = LoggerFactory.getLogger(UploadCheck.class);

    /** What the object is to be. */
    BlobInfo target(long generation) {
        return BlobInfo.newBuilder(bucket.name(), key.value(), generation)
                .setContentType("application/octet-stream")
                .setMetadata(tags.toMetadata(upload))
                .build();
    }

    /** The generation of the object that is there now; 0 for none. */
    long generation() {
        Blob blob = bucket.storage().get(bucket.id(key));
        return blob == null ? 0 : blob.getGeneration();
    }

    /** The object, if it is there, whole and of this upload; one of this upload that is not whole is removed. Empty also when the store does not say. */
    Optional<StoredObject> find(long bytes) {
        Blob blob;
        try {
            blob = bucket.storage().get(bucket.id(key));
        } catch (BaseServiceException e) {
            return Optional.empty();
        }
        if (blob == null || !isOurs(blob)) {
            return Optional.empty();
        }
        if (defect(blob, bytes).isPresent()) {
            remove(blob);
            return Optional.empty();
        }
        return Optional.of(stored(key, blob));
    }

    /** The object that the store says it has now, which is whole and of this upload; fails otherwise, and removes what this upload left. */
    StoredObject confirm(long bytes) {
        try {
            return whole(bucket.storage().get(bucket.id(key)), bytes);
        } catch (BaseServiceException e) {
            throw bucket.errors().of("cannot confirm that '" + key + "' is stored", e);
        }
    }

    /** The same for an object that the store answered with. */
    StoredObject whole(@Nullable Blob blob, long bytes) {
        if (blob == null || !isOurs(blob)) {
            throw bucket.errors()
                    .of(
                            "cannot confirm that '" + key + "' is stored",
                            "the object there is not the one that was sent",
                            "only one sidecar may write objects of this name");
        }
        Optional<String> defect = defect(blob, bytes);
        if (defect.isPresent()) {
            remove(blob);
            throw bucket.errors().of("cannot store '" + key + "'", defect.get(), null);
        }
        return stored(key, blob);
    }

    private boolean isOurs(Blob blob) {
        return Tags.isOfUpload(metadata(blob), upload);
    }

    private Optional<String> defect(Blob blob, long bytes) {
        if (blob.getSize() != bytes) {
            return Optional.of("the store holds " + blob.getSize() + " of " + bytes + " bytes");
        }
        byte[] crc = ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
        if (!Base64.getEncoder().encodeToString(crc).equals(blob.getCrc32c())) {
            return Optional.of("the store holds other bytes than were sent");
        }
        if (!Tags.fromMetadata(metadata(blob)).equals(tags)) {
            return Optional.of("the store changed its tags");
        }
        return Optional.empty();
    }

    private void remove(Blob blob) {
        try {
            bucket.storage().delete(blob.getBlobId());
        } catch (BaseServiceException e) {
            log.warn("cannot remove '{}', which is not whole: {}", key, e.getMessage());
        }
    }

    private static Map<String, String> metadata(Blob blob) {
        Map<String, @Nullable String> metadata = blob.getMetadata();
        return metadata == null ? Map.of() : withoutNulls(metadata);
    }

    private static Map<String, String> withoutNulls(Map<String, @Nullable String> metadata) {
        Map<String, String> present = new java.util.TreeMap<>();
        metadata.forEach((key, value) -> present.put(key, Objects.requireNonNullElse(value, "")));
        return present;
    }

    /** The facts of an object as the store tells them. */
    static StoredObject stored(ObjectKey key, Blob blob) {
        return new StoredObject(
                key,
                blob.getSize() == null ? 0 : blob.getSize(),
                blob.getCreateTimeOffsetDateTime() == null
                        ? Instant.EPOCH
                        : blob.getCreateTimeOffsetDateTime().toInstant(),
                Long.toString(blob.getGeneration()),
                Optional.of(Tags.fromMetadata(metadata(blob))));
    }
}
