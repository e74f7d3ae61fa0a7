package io.mgnlbackup.store.s3;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.store.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Makes the clients of an S3 service from the settings.
 *
 * <p>At Amazon's own endpoints the SDK does as it likes. Elsewhere it speaks what every store understands: buckets in the path, no
 * checksums in trailers, {@code Content-MD5} where S3 asks for a checksum.
 */
public final class S3Clients {

    private static final Pattern AMAZON =
            Pattern.compile("s3([.-][a-z0-9-]+)?\\.amazonaws\\.com(\\.cn)?", Pattern.CASE_INSENSITIVE);
    private static final int TRIES = 6;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;

    private S3Clients() {}

    /** The client for every call, to be closed at the end. */
    public static S3Client client(StoreSettings.S3 settings) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .httpClientBuilder(
                        defaults -> new RetryableHttpClient(UrlConnectionHttpClient.create(S3Clients::connection)))
                .overrideConfiguration(
                        override -> override.retryStrategy(retries()).apiCallAttemptTimeout(CallLimits.SMALL));
        if (!isAmazon(settings.endpoint())) {
            builder.endpointOverride(settings.endpoint())
                    .forcePathStyle(true)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .serviceConfiguration(S3Configuration.builder()
                            .chunkedEncodingEnabled(false)
                            .build())
                    .addPlugin(LegacyMd5Plugin.create());
        }
        return builder.build();
    }

    /** As all connections of this process are made; the SDK's own would know neither its CA nor its proxy. */
    private static HttpURLConnection connection(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What signs links, for the public endpoint where there is one; to be closed at the end. */
    public static S3Presigner presigner(StoreSettings.S3 settings) {
        URI endpoint = settings.publicEndpoint().orElse(settings.endpoint());
        S3Presigner.Builder builder =
                S3Presigner.builder().region(Region.of(settings.region())).credentialsProvider(credentials(settings));
        if (!isAmazon(endpoint)) {
            builder.endpointOverride(endpoint)
                    .serviceConfiguration(S3Configuration.builder()
                            .pathStyleAccessEnabled(true)
                            .build());
        }
        return builder.build();
    }

    /** Half a second, then twice as long each time: a store that restarts within some seconds is not noticed. */
    private static RetryStrategy retries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(TRIES)
                .retryOnException(S3Clients::isHalfAnAnswer)
                .backoffStrategy(BackoffStrategy.exponentialDelay(Duration.ofMillis(500), Duration.ofSeconds(20)))
                .build();
    }

    /** The connection was lost in the middle of an answer, which the SDK only sees as XML that it cannot read. */
    private static boolean isHalfAnAnswer(Throwable e) {
        return e instanceof SdkClientException && Causes.find(e, XMLStreamException.class) != null;
    }

    private static AwsCredentialsProvider credentials(StoreSettings.S3 settings) {
        return settings.credentials()
                .<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        keys.accessKey(), keys.secretKey().value())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static boolean isAmazon(URI endpoint) {
        return AMAZON.matcher(String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT))
                .matches();
    }
}
