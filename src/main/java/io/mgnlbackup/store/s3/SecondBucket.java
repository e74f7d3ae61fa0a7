package io.mgnlbackup.store.s3;

import io.mgnlbackup.config.Secret;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.io.Closeable;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A bucket besides the store, for a route of a user to copy into (docs/routes.md): the same streaming upload, whole or not at all, in
 * {@value #PARTS_IN_FLIGHT} parts of 8 MiB at a time.
 */
public final class SecondBucket implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(SecondBucket.class);
    private static final int PART_BYTES = 8 << 20;
    private static final int PARTS_IN_FLIGHT = 3;

    private final String bucket;
    private final S3Client client;
    private final S3Presigner presigner;
    private final S3Store store;

    /**
     * The bucket of this name.
     *
     * @param endpoint a URL with http or https
     */
    public SecondBucket(String endpoint, String region, String bucket, String accessKey, String secretKey) {
        StoreSettings.S3 settings = new StoreSettings.S3(
                bucket,
                URI.create(endpoint),
                Optional.empty(),
                region,
                Optional.of(new StoreSettings.Credentials(accessKey, new Secret(secretKey))),
                PART_BYTES,
                PARTS_IN_FLIGHT);
        this.bucket = bucket;
        this.client = S3Clients.client(settings);
        this.presigner = S3Clients.presigner(settings);
        this.store = new S3Store(client, presigner, settings, SidecarId.ofThisProcess(bucket, "", "copy"));
    }

    /** What to ask the first store for: the whole object of this name. */
    public GetRequest wanted(String name) {
        return GetRequest.whole(new ObjectKey(name));
    }

    /** Stores a copy under the same name with the same tags; throws {@link io.mgnlbackup.store.StoreException} when it cannot. */
    public StoredObject put(String name, Tags tags, Payload payload) {
        store.ensureBucket();
        StoredObject copy = store.put(new Upload(new ObjectKey(name), tags, payload));
        LOG.info("copied '{}' into the bucket '{}', {} bytes", name, bucket, copy.size());
        return copy;
    }

    @Override
    public void close() {
        store.close();
        presigner.close();
        client.close();
    }
}
