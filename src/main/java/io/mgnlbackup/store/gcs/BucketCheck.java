package io.mgnlbackup.store.gcs;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import io.mgnlbackup.config.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks at start that a bucket can be used, and creates it where absent. */
final class BucketCheck {

    private static final Logger log = LoggerFactory.getLogger(BucketCheck.class);

    private final GcsBucket bucket;
    private final StoreSettings.Gcs settings;

    BucketCheck(GcsBucket bucket, StoreSettings.Gcs settings) {
        this.bucket = bucket;
        this.settings = settings;
    }

    /** Returns when the bucket is there and can be listed. */
    void ensure() {
        try {
            list();
        } catch (BaseServiceException e) {
            if (e.getCode() != 404) {
                throw bucket.errors().of("cannot use the store", e);
            }
            create();
        }
    }

    /** A listing and not the bucket's facts, which roles for objects do not let anybody read. */
    private void list() {
        bucket.storage().list(bucket.name(), Storage.BlobListOption.pageSize(1));
    }

    private void create() {
        try {
            Bucket created = bucket.storage()
                    .create(BucketInfo.newBuilder(bucket.name())
                            .setLocation(settings.location())
                            .setIamConfiguration(BucketInfo.IamConfiguration.newBuilder()
                                    .setIsUniformBucketLevelAccessEnabled(true)
                                    .build())
                            .build());
            log.info("created the bucket '{}' in {}", bucket.name(), settings.location());
            checkType(created);
        } catch (BaseServiceException e) {
            if (e.getCode() != 409) {
                throw bucket.errors().of("cannot create the bucket, which is absent,", e);
            }
            checkThatItIsOurs(e);
        }
    }

    private void checkType(Bucket created) {
        String type = created.getLocationType();
        if (type != null && !type.equalsIgnoreCase(settings.locationType())) {
            log.warn(
                    "the location {} is a {}, not a {}: the bucket stays there unless it is made anew",
                    settings.location(),
                    type,
                    settings.locationType());
        }
    }

    /** Another sidecar may have been faster. */
    private void checkThatItIsOurs(BaseServiceException conflict) {
        try {
            list();
        } catch (BaseServiceException e) {
            conflict.addSuppressed(e);
            throw bucket.errors().of("cannot create the bucket, whose name is taken,", conflict);
        }
    }
}
