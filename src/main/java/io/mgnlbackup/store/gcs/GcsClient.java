package io.mgnlbackup.store.gcs;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.ExternalAccountCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import io.mgnlbackup.config.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Google's client, made at the first call: credentials come from a file or from a metadata server, which may not be there yet when the
 * sidecar starts.
 */
final class GcsClient {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String IAM = "https://iamcredentials.googleapis.com";
    private static final int TRIES = 6;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;

    private final StoreSettings.Gcs settings;
    private final GcsErrors errors;
    private @Nullable GoogleCredentials credentials;
    private @Nullable Storage storage;

    GcsClient(StoreSettings.Gcs settings, GcsErrors errors) {
        this.settings = settings;
        this.errors = errors;
    }

    /** The client for every call. */
    synchronized Storage storage() {
        if (storage == null) {
            HttpStorageOptions.Builder options = StorageOptions.http()
                    .setProjectId(settings.projectId())
                    .setTransportOptions(HttpTransportOptions.newBuilder()
                            .setHttpTransportFactory(NetHttpTransport::new)
                            .setConnectTimeout(CONNECT_MILLIS)
                            .setReadTimeout(READ_MILLIS)
                            .build())
                    // Every write of ours has a precondition and every delete may come twice, so all calls may be tried
                    // again.
                    .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy());
            options.setRetrySettings(retries());
            options.setCredentials(credentials());
            settings.endpoint().ifPresent(endpoint -> options.setHost(endpoint.toString()));
            storage = options.build().getService();
        }
        return storage;
    }

    /** A longer pause before each try, five seconds at most: a store that restarts within some seconds is not noticed. */
    private static RetrySettings retries() {
        return RetrySettings.newBuilder()
                .setMaxAttempts(TRIES)
                .setInitialRetryDelayDuration(Duration.ofMillis(500))
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(Duration.ofSeconds(5))
                .setTotalTimeoutDuration(Duration.ofMinutes(30))
                .build();
    }

    private synchronized GoogleCredentials credentials() {
        if (credentials == null) {
            Optional<Path> file = settings.keyFile();
            credentials = (file.isPresent() ? fromFile(file.get()) : applicationDefault()).createScoped(SCOPE);
        }
        return credentials;
    }

    private GoogleCredentials fromFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return GoogleCredentials.fromStream(in);
        } catch (IOException | RuntimeException e) {
            throw errors.badKeyFile(file, e);
        }
    }

    private GoogleCredentials applicationDefault() {
        try {
            return GoogleCredentials.getApplicationDefault();
        } catch (IOException e) {
            throw errors.noCredentials(e);
        }
    }

    /** What signs links: the key of the service account where there is one, else IAM. */
    ServiceAccountSigner signer() {
        GoogleCredentials known = credentials();
        if (known instanceof ComputeEngineCredentials machine) {
            return iam(machine.getAccount(), known);
        }
        if (known instanceof ServiceAccountSigner signer) {
            return signer;
        }
        if (known instanceof ExternalAccountCredentials external && external.getServiceAccountEmail() != null) {
            return iam(external.getServiceAccountEmail(), known);
        }
        throw errors.cannotSign(known.getClass().getSimpleName());
    }

    private IamSigner iam(String account, GoogleCredentials known) {
        return new IamSigner(settings.iamEndpoint().orElse(URI.create(IAM)), account, known);
    }
}
