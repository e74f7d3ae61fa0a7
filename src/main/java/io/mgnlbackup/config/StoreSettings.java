package io.mgnlbackup.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Which store, and how to reach it. */
public sealed interface StoreSettings {

    /** A folder on a local disk or mount. */
    record Local(Path dir) implements StoreSettings {}

    /**
     * An S3-compatible service.
     *
     * @param endpoint the service's URL, scheme included
     * @param publicEndpoint put into pre-signed links where clients reach the service under another name
     * @param credentials absent: the default credential chain of the AWS SDK
     * @param partBytes size of the first parts of an upload of unknown length; at least 5 MiB
     * @param partsInFlight parts that are sent at the same time; with the size, the bound of the memory that an upload takes
     */
    record S3(
            String bucket,
            URI endpoint,
            Optional<URI> publicEndpoint,
            String region,
            Optional<Credentials> credentials,
            int partBytes,
            int partsInFlight)
            implements StoreSettings {}

    /**
     * Google Cloud Storage.
     *
     * @param projectId where a bucket that we create belongs
     * @param location where a bucket that we create lies
     * @param locationType what Google calls such a location: {@code region}, {@code dual-region} or {@code multi-region}
     * @param keyFile absent: the application-default credentials
     * @param endpoint another URL than Google's own, for a private endpoint
     * @param iamEndpoint the same for IAM, which signs links where there is no key
     * @param chunkBytes size of the pieces that an upload is sent in; a multiple of 256 KiB
     */
    record Gcs(
            String projectId,
            String bucket,
            String location,
            String locationType,
            Optional<Path> keyFile,
            Optional<URI> endpoint,
            Optional<URI> iamEndpoint,
            int chunkBytes)
            implements StoreSettings {}

    /** A pair of S3 keys. */
    record Credentials(String accessKey, Secret secretKey) {}
}
