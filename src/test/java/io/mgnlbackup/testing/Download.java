package io.mgnlbackup.testing;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/** A small download without credentials. */
public final class Download {

    private Download() {}

    /** The bytes behind a link; empty when it is refused. */
    public static Optional<byte[]> of(URI link) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) link.toURL().openConnection();
        connection.setReadTimeout(10_000);
        return connection.getResponseCode() == 200
                ? Optional.of(connection.getInputStream().readAllBytes())
                : Optional.empty();
    }
}
