package io.mgnlbackup;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.limits.DownloadPlaces;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** The objects of the one store that is configured: what its route file calls, and how it is prepared. */
interface StoreWiring extends AutoCloseable {

    /**
     * The store of these settings.
     *
     * @param ownUrl how clients reach the sidecar, asked for each link that it serves itself
     */
    static StoreWiring of(Settings settings, Supplier<String> ownUrl, Clock clock) {
        if (settings.store() instanceof StoreSettings.Local local) {
            return new LocalStoreWiring(local, ownUrl, clock);
        }
        if (settings.store() instanceof StoreSettings.Gcs gcs) {
            return new GcsStoreWiring(gcs);
        }
        return new S3StoreWiring((StoreSettings.S3) settings.store(), settings, clock);
    }

    /** The built-in route file, without its end. */
    String routeFile();

    /** What the route file calls. */
    Map<String, Object> beans();

    /** What the route file has placeholders for. */
    Map<String, String> properties();

    /** Makes the bucket or folder where it is missing; throws {@link io.mgnlbackup.store.StoreException} when the store does not answer or refuses. */
    void prepare();

    /** Removes what killed processes left behind; throws as {@link #prepare} does. */
    void cleanUp();

    /** The most memory that the buffers of one upload take at first. */
    long memoryBytes();

    /** Where objects go, for a log line. */
    String description();

    /** Whether a request carries the signature that opens what it asks for. */
    default boolean isSigned(RoutingContext request) {
        return false;
    }

    /** Adds what the HTTP server has to answer for the store itself. */
    void install(Router router, DownloadPlaces places, ErrorAnswers errors);

    @Override
    void close();
}
