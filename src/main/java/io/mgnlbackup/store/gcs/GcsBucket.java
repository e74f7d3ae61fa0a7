package io.mgnlbackup.store.gcs;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import io.mgnlbackup.store.ObjectKey;

/** A bucket and how to reach it: what every class here works on. */
record GcsBucket(GcsClient client, String name, GcsErrors errors) {

    /** The client; fails while there are no credentials. */
    Storage storage() {
        return client.storage();
    }

    /** What the client calls an object of this key. */
    BlobId id(ObjectKey key) {
        return BlobId.of(name, key.value());
    }
}
