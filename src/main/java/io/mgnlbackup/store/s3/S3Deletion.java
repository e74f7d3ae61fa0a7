package io.mgnlbackup.store.s3;

import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.Undeleted;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Deletes many objects: in batches where the store can, one by one where it cannot. */
final class S3Deletion {

    private static final int BATCH = 1000;

    private final S3Bucket bucket;
    private final Undeleted<SdkException> undeleted = new Undeleted<>();

    S3Deletion(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** Deletes all that it can, then fails if there was one that it could not. */
    void delete(List<ObjectKey> keys) {
        for (int from = 0; from < keys.size(); from += BATCH) {
            deleteBatch(keys.subList(from, Math.min(keys.size(), from + BATCH)).stream()
                    .map(ObjectKey::value)
                    .toList());
        }
        if (undeleted.why().isPresent()) {
            throw bucket.errors()
                    .of(undeleted.describe(keys.size()), undeleted.why().get());
        }
    }

    private void deleteBatch(List<String> keys) {
        try {
            List<ObjectIdentifier> identifiers = keys.stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            bucket.client()
                    .deleteObjects(request -> request.bucket(bucket.name())
                            .delete(delete -> delete.quiet(true).objects(identifiers)))
                    .errors()
                    .forEach(this::failed);
        } catch (AwsServiceException e) {
            if (e.statusCode() == 501 || S3Errors.codeOf(e).equals("NotImplemented")) {
                keys.forEach(this::deleteOne);
                return;
            }
            keys.forEach(key -> failed(key, e));
        } catch (SdkException e) {
            keys.forEach(key -> failed(key, e));
        }
    }

    private void deleteOne(String key) {
        try {
            bucket.client()
                    .deleteObject(request -> request.bucket(bucket.name()).key(key));
        } catch (AwsServiceException e) {
            if (e.statusCode() != 404) {
                failed(key, e);
            }
        } catch (SdkException e) {
            failed(key, e);
        }
    }

    private void failed(S3Error error) {
        String code = String.valueOf(error.code());
        if (!code.equals("NoSuchKey")) {
            failed(
                    error.key(),
                    S3Exception.builder()
                            .statusCode(code.equals("AccessDenied") ? 403 : code.equals("InternalError") ? 500 : 200)
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode(code)
                                    .errorMessage(error.message())
                                    .build())
                            .build());
        }
    }

    private void failed(String key, SdkException e) {
        undeleted.add(key, e);
    }
}
