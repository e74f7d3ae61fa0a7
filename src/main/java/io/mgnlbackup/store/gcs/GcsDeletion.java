package io.mgnlbackup.store.gcs;

import com.google.cloud.BaseServiceException;
import com.google.cloud.storage.StorageBatch;
import com.google.cloud.storage.StorageBatchResult;
import com.google.cloud.storage.StorageException;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.Undeleted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deletes many objects, a hundred with each request. */
final class GcsDeletion {

    /** Cloud Storage documentation, "Batch requests". */
    private static final int BATCH = 100;

    private final GcsBucket bucket;
    private final Undeleted<BaseServiceException> undeleted = new Undeleted<>();

    GcsDeletion(GcsBucket bucket) {
        this.bucket = bucket;
    }

    /** Deletes all that it can, then fails if there was one that it could not. */
    void delete(List<ObjectKey> keys) {
        for (int from = 0; from < keys.size(); from += BATCH) {
            deleteBatch(keys.subList(from, Math.min(keys.size(), from + BATCH)));
        }
        undeleted.why().ifPresent(why -> {
            throw bucket.errors().of(undeleted.describe(keys.size()), why);
        });
    }

    private void deleteBatch(List<ObjectKey> keys) {
        if (keys.size() == 1) {
            deleteOne(keys.get(0));
            return;
        }
        StorageBatch batch = bucket.storage().batch();
        Map<ObjectKey, StorageBatchResult<Boolean>> results = new LinkedHashMap<>();
        keys.forEach(key -> results.put(key, batch.delete(bucket.id(key))));
        try {
            batch.submit();
        } catch (StorageException e) {
            keys.forEach(key -> undeleted.add(key.value(), e));
            return;
        }
        results.forEach(this::checkDeleted);
    }

    private void checkDeleted(ObjectKey key, StorageBatchResult<Boolean> result) {
        try {
            result.get(); // false: it was not there
        } catch (StorageException e) {
            undeleted.add(key.value(), e);
        }
    }

    private void deleteOne(ObjectKey key) {
        try {
            bucket.storage().delete(bucket.id(key)); // false: it was not there
        } catch (BaseServiceException e) {
            undeleted.add(key.value(), e);
        }
    }
}
