package io.mgnlbackup.store.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** The bytes of an object as they arrive: the SDK's failures become {@link IOException}, and closing early drops the connection. */
final class S3Body extends FilterInputStream {

    private final ResponseInputStream<?> response;
    private boolean ended;

    S3Body(ResponseInputStream<?> response) {
        super(response);
        this.response = response;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = super.read(buffer, offset, length);
            ended |= read < 0;
            return read;
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            // Closing would read the rest, which may be many gigabytes.
            response.abort();
            return;
        }
        super.close();
    }
}
