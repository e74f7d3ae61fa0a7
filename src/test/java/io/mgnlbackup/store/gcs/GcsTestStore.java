package io.mgnlbackup.store.gcs;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.testing.StoreRoutes;
import java.util.Map;

/** The store as the program wires it, in a bucket that it made. */
final class GcsTestStore implements AutoCloseable {

    private final GcsStore store;
    private final StoreRoutes routes;

    GcsTestStore(StoreSettings.Gcs settings) {
        store = new GcsStore(settings);
        store.ensureBucket();
        routes = new StoreRoutes("store-gcs.camel.yaml", Map.of("gcsStore", store), Map.of());
    }

    StoreRoutes routes() {
        return routes;
    }

    @Override
    public void close() {
        routes.close();
        store.close();
    }
}
