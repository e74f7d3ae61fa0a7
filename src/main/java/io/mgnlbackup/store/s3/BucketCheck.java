package io.mgnlbackup.store.s3;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Checks at start that a bucket can be used, and creates it where absent. */
final class BucketCheck {

    private static final Logger log = LoggerFactory.getLogger(BucketCheck.class);

    private final S3Bucket bucket;

    BucketCheck(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** Returns when the bucket is there and can be listed. */
    void ensure() {
        try {
            list();
        } catch (AwsServiceException e) {
            if (e.statusCode() != 404) {
                throw bucket.errors().of("cannot use the store", e);
            }
            create();
        } catch (SdkException e) {
            throw bucket.errors().of("cannot use the store", e);
        }
    }

    /** A listing and not HeadBucket, whose answer has no body to say why it is refused. */
    private void list() {
        bucket.client().listObjectsV2(request -> request.bucket(bucket.name()).maxKeys(1));
    }

    private void create() {
        try {
            bucket.client().createBucket(request -> request.bucket(bucket.name()));
            log.info("created the bucket '{}'", bucket.name());
        } catch (AwsServiceException e) {
            if (e.statusCode() != 409) {
                throw bucket.errors().of("cannot create the bucket, which is absent,", e);
            }
            checkThatItIsOurs(e);
        } catch (SdkException e) {
            throw bucket.errors().of("cannot create the bucket, which is absent,", e);
        }
    }

    /** Another sidecar may have been faster: stores answer this in several ways, so ask. */
    private void checkThatItIsOurs(AwsServiceException conflict) {
        try {
            list();
        } catch (SdkException e) {
            conflict.addSuppressed(e);
            throw bucket.errors().of("cannot create the bucket, whose name is taken,", conflict);
        }
    }
}
