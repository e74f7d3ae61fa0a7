package io.mgnlbackup;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.limits.DownloadPlaces;
import io.mgnlbackup.route.FileDownloads;
import io.mgnlbackup.store.local.LinkKey;
import io.mgnlbackup.store.local.LocalStore;
import io.mgnlbackup.store.local.SignedLinks;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** A folder as the store. */
final class LocalStoreWiring implements StoreWiring {

    private final Path folder;
    private final SignedLinks links;
    private final LocalStore store;

    LocalStoreWiring(StoreSettings.Local settings, Supplier<String> ownUrl, Clock clock) {
        this.folder = settings.dir();
        this.links = new SignedLinks(new LinkKey(folder), ownUrl, clock);
        this.store = new LocalStore(folder, links);
    }

    @Override
    public String routeFile() {
        return "store-local";
    }

    @Override
    public Map<String, Object> beans() {
        return Map.of("localStore", store);
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public void prepare() {
        store.open();
    }

    @Override
    public void cleanUp() {
        store.cleanUp();
    }

    @Override
    public long memoryBytes() {
        return LocalStore.BUFFER_BYTES;
    }

    @Override
    public String description() {
        return "backups go to the folder '" + folder + "'";
    }

    @Override
    public void install(Router router, DownloadPlaces places, ErrorAnswers errors) {
        new FileDownloads(store, links, places, errors).install(router);
    }

    @Override
    public boolean isSigned(RoutingContext request) {
        return FileDownloads.isSigned(request, links);
    }

    @Override
    public void close() {}
}
