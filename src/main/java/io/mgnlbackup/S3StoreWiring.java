package io.mgnlbackup;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.limits.DownloadPlaces;
import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.store.s3.S3Store;
import io.mgnlbackup.store.s3.SidecarId;
import io.vertx.ext.web.Router;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A bucket of an S3-compatible service as the store. */
final class S3StoreWiring implements StoreWiring {

    private final StoreSettings.S3 settings;
    private final Settings all;
    private final Clock clock;
    private final S3Client client;
    private final S3Presigner presigner;
    private final S3Store store;

    S3StoreWiring(StoreSettings.S3 settings, Settings all, Clock clock) {
        this.settings = settings;
        this.all = all;
        this.clock = clock;
        this.client = S3Clients.client(settings);
        this.presigner = S3Clients.presigner(settings);
        SidecarId self =
                SidecarId.ofThisProcess(all.objects().prefix(), all.objects().heritage(), hostName());
        this.store = new S3Store(client, presigner, settings, self);
    }

    /** The name of the pod or container, which a restart keeps. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Override
    public String routeFile() {
        return "store-s3";
    }

    @Override
    public Map<String, Object> beans() {
        return Map.of("s3Client", client, "s3Store", store);
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("store.s3.bucket", settings.bucket());
    }

    @Override
    public void prepare() {
        store.ensureBucket();
    }

    @Override
    public void cleanUp() {
        store.cleanUp(all.objects().prefix(), clock.instant().minus(all.dump().timeout()));
    }

    @Override
    public long memoryBytes() {
        return store.memoryBytes();
    }

    @Override
    public String description() {
        return "backups go to the bucket '" + settings.bucket() + "' at " + settings.endpoint();
    }

    @Override
    public void install(Router router, DownloadPlaces places, ErrorAnswers errors) {}

    @Override
    public void close() {
        store.close();
        presigner.close();
        client.close();
    }
}
