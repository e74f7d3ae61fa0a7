package io.mgnlbackup.store.s3;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Aborts the multipart uploads that killed sidecars left in a bucket.
 *
 * <p>Only an upload that has a {@link UploadClaim} is anybody's of ours. One that this sidecar claimed on this host is left over as
 * soon as the process that claimed it does not run any more. One of another sidecar, or of this one on another host, is left over once
 * it is older than any backup may take, since nobody here can know whether it runs. Everything else is not touched.
 *
 * <p>MinIO lists the uploads of one full key only, so nothing is found there; it drops uploads after a day by itself.
 */
final class S3Leftovers {

    private static final Logger log = LoggerFactory.getLogger(S3Leftovers.class);

    private final S3Bucket bucket;
    private final SidecarId self;

    S3Leftovers(S3Bucket bucket, SidecarId self) {
        this.bucket = bucket;
        this.self = self;
    }

    /** Aborts what is left over of keys with this prefix; of other sidecars what is older than {@code othersBefore}. */
    int removeFrom(String prefix, Instant othersBefore) {
        try {
            List<MultipartUpload> uploads = list(bucket, prefix);
            Set<String> claimsLeftOver = new HashSet<>();
            Set<String> objectsInUse = new HashSet<>();
            for (MultipartUpload upload : uploads) {
                UploadClaim.parse(upload.key()).ifPresent(claim -> {
                    if (isLeftOver(claim, upload, othersBefore)) {
                        claimsLeftOver.add(claim.key());
                    } else {
                        objectsInUse.add(claim.object());
                    }
                });
            }
            return abort(uploads, claimsLeftOver, objectsInUse);
        } catch (SdkException e) {
            throw bucket.errors().of("cannot clean up uploads that an earlier process left", e);
        }
    }

    private boolean isLeftOver(UploadClaim claim, MultipartUpload upload, Instant othersBefore) {
        return claim.sidecar().hasOwnerOf(self)
                ? !claim.sidecar().isRunning()
                : upload.initiated().isBefore(othersBefore);
    }

    private int abort(List<MultipartUpload> uploads, Set<String> claims, Set<String> objectsInUse) {
        Set<String> objects = claims.stream()
                .flatMap(key -> UploadClaim.parse(key).stream())
                .map(UploadClaim::object)
                .filter(object -> !objectsInUse.contains(object))
                .collect(Collectors.toSet());
        int aborted = 0;
        for (MultipartUpload upload : uploads) {
            if (objects.contains(upload.key())) {
                log.info("aborting the upload of '{}' that an earlier process left", upload.key());
                io.mgnlbackup.store.s3.MultipartUpload.abort(bucket, upload.key(), upload.uploadId());
                aborted++;
            }
        }
        // Claims last: without them what they claim would stay for ever.
        uploads.stream()
                .filter(upload -> claims.contains(upload.key()))
                .forEach(upload ->
                        io.mgnlbackup.store.s3.MultipartUpload.abort(bucket, upload.key(), upload.uploadId()));
        return aborted;
    }

    /** The uploads under way of keys with a prefix, claims too. */
    static List<MultipartUpload> list(S3Bucket bucket, String prefix) {
        return bucket
                .client()
                .listMultipartUploadsPaginator(
                        request -> request.bucket(bucket.name()).prefix(prefix))
                .uploads()
                .stream()
                .toList();
    }
}
