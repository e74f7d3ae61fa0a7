package io.mgnlbackup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class RetryableHttpClientTest {

    /** What the JDK's client makes of a server that is killed after it has read a request. */
    @Test
    void aServerThatGoesAwayBeforeItsAnswerIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        SdkHttpClient flaky = new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                return new ExecutableHttpRequest() {
                    @Override
                    public HttpExecuteResponse call() {
                        if (calls.getAndIncrement() == 0) {
                            IOException end = new SocketException("Unexpected end of file from server");
                            throw new UncheckedIOException(end);
                        }
                        return HttpExecuteResponse.builder()
                                .response(SdkHttpResponse.builder()
                                        .statusCode(200)
                                        .putHeader("Content-Length", "10")
                                        .build())
                                .build();
                    }

                    @Override
                    public void abort() {}
                };
            }

            @Override
            public void close() {}
        };
        try (S3Client client = S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .endpointOverride(URI.create("http://store:9000"))
                .httpClient(new RetryableHttpClient(flaky))
                .build()) {
            assertThat(client.headObject(head -> head.bucket("backups").key("a.sql.gz"))
                            .contentLength())
                    .isEqualTo(10);
        }
        assertThat(calls).hasValue(2);
    }
}
