package io.mgnlbackup.store.s3;

import io.mgnlbackup.store.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertPathBuilderException;
import java.util.Objects;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Makes every lost connection one that the SDK tries again. Its HTTP client over the JDK's throws {@link UncheckedIOException} when a server
 * goes away between the end of a request and the answer, and the retries of the SDK only know {@link IOException}: a store that restarts in
 * the middle of a part would end the backup. A certificate that nobody trusts stays so, and is tried once.
 */
final class RetryableHttpClient implements SdkHttpClient {

    private final SdkHttpClient client;

    RetryableHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return prepared.call();
                } catch (UncheckedIOException e) {
                    throw retryable(Objects.requireNonNull(e.getCause()));
                } catch (IOException e) {
                    throw retryable(e);
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private static IOException retryable(IOException failure) {
        if (Causes.find(failure, CertPathBuilderException.class) != null) {
            throw NonRetryableException.create(String.valueOf(failure.getMessage()), failure);
        }
        return failure;
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
