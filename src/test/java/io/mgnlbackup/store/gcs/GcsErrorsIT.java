package io.mgnlbackup.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.storage.StorageException;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.problem.Problem.Kind;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.testing.GcsFault;
import io.mgnlbackup.testing.GcsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when the store is set up wrongly: what failed, why, and what to do. */
class GcsErrorsIT {

    private GcsServer server;

    @BeforeEach
    void start() {
        server = new GcsServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static StoreException failure(StoreSettings.Gcs settings) {
        try (GcsStore store = new GcsStore(settings)) {
            return catchThrowableOfType(StoreException.class, store::ensureBucket);
        }
    }

    private static void assertSays(StoreException thrown, Kind kind, String message, String hint) {
        assertThat(thrown.kind()).isEqualTo(kind);
        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.hint()).hasValueSatisfying(text -> assertThat(text).contains(hint));
        assertThat(thrown.getMessage()).doesNotContain("\n").doesNotContain("PRIVATE KEY");
    }

    @Test
    void aKeyThatTheAccountHasNot() {
        StoreException thrown = failure(server.settings("shop", 1 << 20, Optional.of(server.wrongKeyFile())));

        assertSays(
                thrown,
                Kind.FORBIDDEN,
                "cannot use the store in bucket 'shop' of Google Cloud Storage at " + server.endpoint()
                        + ": Google gives no token for these credentials (400 Invalid JWT Signature.)",
                "GOOGLE_APPLICATION_CREDENTIALS");
    }

    @Test
    void aKeyFileThatIsNotThereOrNone(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.json");
        assertSays(
                failure(server.settings("shop", 1 << 20, Optional.of(missing))),
                Kind.FORBIDDEN,
                "cannot use the key file '" + missing + "': there is no such file",
                "GOOGLE_APPLICATION_CREDENTIALS");

        Path text = Files.writeString(folder.resolve("text.json"), "hello");
        assertSays(
                failure(server.settings("shop", 1 << 20, Optional.of(text))),
                Kind.FORBIDDEN,
                "it holds no credentials of Google",
                "gcloud iam service-accounts keys create");
    }

    @Test
    void aMissingRole() {
        server.breaks(new GcsFault(GcsFault.Kind.STATUS, 403, 1, line -> line.contains("/o?")));

        assertSays(
                failure(server.settings("shop", 1 << 20)),
                Kind.FORBIDDEN,
                "the store answered 403",
                "roles/storage.objectAdmin");
    }

    @Test
    void aMissingBucketThatMayNotBeCreated() {
        server.breaks(new GcsFault(GcsFault.Kind.STATUS, 403, 1, line -> line.startsWith("POST /storage/v1/b?")));

        assertSays(
                failure(server.settings("shop", 1 << 20)),
                Kind.FORBIDDEN,
                "cannot create the bucket, which is absent, in bucket 'shop'",
                "roles/storage.admin");
    }

    @Test
    void aProjectThatIsNone() {
        StoreSettings.Gcs right = server.settings("shop", 1 << 20);
        StoreSettings.Gcs wrong = new StoreSettings.Gcs(
                "shop-124",
                "shop",
                right.location(),
                right.locationType(),
                right.keyFile(),
                right.endpoint(),
                right.iamEndpoint(),
                right.chunkBytes());

        assertSays(failure(wrong), Kind.FAILED, "Unknown project id: shop-124", "MGNLBACKUP_GCS_PROJECTID");
    }

    @Test
    void aBucketThatIsGone() {
        try (GcsStore store = new GcsStore(server.settings("shop", 1 << 20))) {
            StoreException thrown = catchThrowableOfType(StoreException.class, () -> store.list(ListRequest.first("")));

            assertSays(thrown, Kind.FAILED, "cannot list objects", "MGNLBACKUP_BUCKET");
        }
    }

    /** Without the tries that come first, which take most of a minute. */
    @Test
    void aStoreThatDoesNotAnswer() {
        StoreException thrown = new GcsErrors(server.settings("shop", 1 << 20))
                .of("cannot list objects", new StorageException(new ConnectException("Connection refused")));

        assertSays(thrown, Kind.UNAVAILABLE, "the connection is refused", "MGNLBACKUP_GCS_ENDPOINT");
        assertThat(thrown.retryable()).isTrue();
    }

    @Test
    void aLinkThatIamDoesNotSign() throws IOException {
        StoreSettings.Gcs settings = server.settings("shop", 1 << 20);
        GcsFault fault = new GcsFault(GcsFault.Kind.STATUS, 403, 9, line -> line.contains(":signBlob"));
        server.breaks(fault);
        GoogleCredentials credentials;
        try (InputStream in = Files.newInputStream(server.keyFile())) {
            credentials =
                    GoogleCredentials.fromStream(in).createScoped("https://www.googleapis.com/auth/cloud-platform");
        }
        IamSigner signer = new IamSigner(server.endpoint(), "backup@shop-123.iam.gserviceaccount.com", credentials);

        ServiceAccountSigner.SigningException thrown = catchThrowableOfType(
                ServiceAccountSigner.SigningException.class, () -> signer.sign(new byte[] {1, 2, 3}));

        assertSays(
                new GcsErrors(settings).notSigned("cannot sign a link to 'a'", thrown),
                Kind.FORBIDDEN,
                "IAM refuses to sign (403)",
                "roles/iam.serviceAccountTokenCreator");
    }
}
