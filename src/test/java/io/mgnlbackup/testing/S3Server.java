package io.mgnlbackup.testing;

import io.mgnlbackup.config.OutgoingSettings;
import io.mgnlbackup.config.Secret;
import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.outgoing.Outgoing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 API on loopback that checks signatures: S3Proxy, which keeps its objects in a folder, or one that runs already and knows the same
 * keys, at the URL in {@value #OTHER_SERVER} ({@code script/test-ceph}).
 */
public final class S3Server implements AutoCloseable {

    /** The access key that it knows. */
    public static final String ACCESS_KEY = "test-access";

    /** Its secret key. */
    public static final Secret SECRET_KEY = new Secret("test-secret");

    /** The smallest parts that it takes, as S3 does. */
    public static final int PART_BYTES = 5 * 1024 * 1024;

    private static final String OTHER_SERVER = "TEST_S3_URL";
    private static final String ITS_CA = "TEST_S3_CA";

    private final URI endpoint;
    private final Runnable stop;

    /** A server without buckets of the test's names. */
    public S3Server() {
        this(SECRET_KEY, Optional.ofNullable(System.getenv(OTHER_SERVER)).map(URI::create));
    }

    /** S3Proxy with another secret key. */
    public S3Server(Secret secretKey) {
        this(secretKey, Optional.empty());
    }

    private S3Server(Secret secretKey, Optional<URI> other) {
        if (other.isPresent()) {
            endpoint = other.get();
            Optional.ofNullable(System.getenv(ITS_CA)).map(Path::of).ifPresent(S3Server::trust);
            stop = () -> {};
            return;
        }
        Path folder;
        S3Proxy proxy;
        try {
            folder = Files.createTempDirectory("s3-server");
            proxy = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, secretKey.value())
                    .ignoreUnknownHeaders(true)
                    .v4MaxNonChunkedRequestSize(1L << 30)
                    .build();
            proxy.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not start", e);
        }
        endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
        stop = () -> stop(proxy, folder);
    }

    private static void trust(Path ca) {
        Outgoing.install(
                new OutgoingSettings(Optional.of(ca), Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
    }

    private static void stop(S3Proxy proxy, Path folder) {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not stop", e);
        }
        Folder.delete(folder);
    }

    /** Where it answers. */
    public URI endpoint() {
        return endpoint;
    }

    /** Settings for a bucket here, with small parts and three in flight. */
    public StoreSettings.S3 settings(String bucket) {
        return settings(bucket, endpoint());
    }

    /** Settings for a bucket here that is reached through something else. */
    public StoreSettings.S3 settings(String bucket, URI through) {
        return new StoreSettings.S3(
                bucket,
                through,
                Optional.empty(),
                "us-east-1",
                Optional.of(new StoreSettings.Credentials(ACCESS_KEY, SECRET_KEY)),
                PART_BYTES,
                3);
    }

    /** Settings of a sidecar for a bucket that is reached through an endpoint, by their variables. */
    public static Map<String, String> variables(String bucket, URI endpoint) {
        return Map.of(
                "BUCKET",
                bucket,
                "S3_ENDPOINT",
                endpoint.toString(),
                "S3_ACCESSKEY",
                ACCESS_KEY,
                "S3_SECRETKEY",
                SECRET_KEY.value(),
                "S3_PART_SIZE",
                "5MiB");
    }

    @Override
    public void close() {
        stop.run();
    }
}
