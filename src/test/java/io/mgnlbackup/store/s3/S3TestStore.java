package io.mgnlbackup.store.s3;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.testing.StoreRoutes;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The S3 store as the program wires it, in a bucket that it made. */
final class S3TestStore implements AutoCloseable {

    private final StoreSettings.S3 settings;
    private final S3Client client;
    private final S3Presigner presigner;
    private final S3Store store;
    private final StoreRoutes routes;

    S3TestStore(StoreSettings.S3 settings) {
        this(settings, SidecarId.ofThisProcess("", "orders", "localhost"));
    }

    S3TestStore(StoreSettings.S3 settings, SidecarId sidecar) {
        this.settings = settings;
        client = S3Clients.client(settings);
        presigner = S3Clients.presigner(settings);
        store = new S3Store(client, presigner, settings, sidecar);
        store.ensureBucket();
        routes = new StoreRoutes(
                "store-s3.camel.yaml",
                Map.of("s3Client", client, "s3Store", store),
                Map.of("store.s3.bucket", settings.bucket()));
    }

    StoreSettings.S3 settings() {
        return settings;
    }

    S3Client client() {
        return client;
    }

    S3Store store() {
        return store;
    }

    StoreRoutes routes() {
        return routes;
    }

    /** All multipart uploads in the bucket, claims too. */
    List<MultipartUpload> uploads() {
        return client.listMultipartUploads(list -> list.bucket(settings.bucket()))
                .uploads();
    }

    @Override
    public void close() {
        routes.close();
        store.close();
        presigner.close();
        client.close();
    }
}
