package io.mgnlbackup;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.limits.DownloadPlaces;
import io.mgnlbackup.store.gcs.GcsStore;
import io.vertx.ext.web.Router;
import java.util.Map;

/** A bucket of Google Cloud Storage as the store. */
final class GcsStoreWiring implements StoreWiring {

    private final StoreSettings.Gcs settings;
    private final GcsStore store;

    GcsStoreWiring(StoreSettings.Gcs settings) {
        this.settings = settings;
        this.store = new GcsStore(settings);
    }

    @Override
    public String routeFile() {
        return "store-gcs";
    }

    @Override
    public Map<String, Object> beans() {
        return Map.of("gcsStore", store);
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public void prepare() {
        store.ensureBucket();
    }

    /** Google drops what killed processes left after a week by itself; nobody can list it. */
    @Override
    public void cleanUp() {}

    @Override
    public long memoryBytes() {
        return store.memoryBytes();
    }

    @Override
    public String description() {
        return "backups go to the bucket '" + settings.bucket() + "' of Google Cloud Storage"
                + settings.endpoint().map(endpoint -> " at " + endpoint).orElse("");
    }

    @Override
    public void install(Router router, DownloadPlaces places, ErrorAnswers errors) {}

    @Override
    public void close() {
        store.close();
    }
}
