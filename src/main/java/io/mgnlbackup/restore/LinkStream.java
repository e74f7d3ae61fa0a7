package io.mgnlbackup.restore;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.tls.TlsFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is behind a link, read once. A connection that breaks or stalls is made again from where it was, a few times in a row at most; the
 * end is reached only after as many bytes as there should be.
 */
final class LinkStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(LinkStream.class);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
    private static final Duration READ_LIMIT = Duration.ofSeconds(60);

    /** Failures in a row, without a byte between them, after which nobody tries again. */
    private static final int MOST_FAILURES = 5;

    private final String name;
    private final URI link;
    private final long length;
    private final BooleanSupplier cancelled;
    private final LongConsumer progress;
    private @Nullable InputStream in;
    private @Nullable String version;
    private long position;
    private int failures;

    /**
     * Opens nothing yet.
     *
     * @param name for errors, which never show a link
     * @param length how many bytes there should be; -1 when nobody knows
     * @param progress is told of bytes as they come
     */
    LinkStream(String name, URI link, long length, BooleanSupplier cancelled, LongConsumer progress) {
        this.name = name;
        this.link = link;
        this.length = length;
        this.cancelled = cancelled;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        while (true) {
            if (cancelled.getAsBoolean()) {
                throw new IOException("the restore was stopped");
            }
            if (position == length) {
                return -1;
            }
            try {
                int read = connection().read(buffer, offset, wanted);
                if (read >= 0) {
                    position += read;
                    failures = 0;
                    progress.accept(read);
                    return read;
                }
                if (length < 0) {
                    return -1;
                }
                throw new EOFException("it ended after " + position + " of " + length + " bytes");
            } catch (SSLHandshakeException e) {
                throw refused(e);
            } catch (IOException e) {
                again(e);
            }
        }
    }

    /** A certificate does not get better by trying again. */
    private Problem refused(SSLHandshakeException e) {
        String server = link.getScheme() + "://" + link.getHost() + (link.getPort() < 0 ? "" : ":" + link.getPort());
        return new Problem(
                Problem.Kind.FAILED,
                "cannot read '" + name + "' at " + server + ": " + reason(e),
                TlsFailure.of(e).map(TlsFailure::hint).orElse(null),
                null,
                e);
    }

    private void again(IOException failure) throws IOException {
        disconnect();
        failures++;
        if (failures >= MOST_FAILURES) {
            throw new IOException("cannot read '" + name + "': " + reason(failure), failure);
        }
        LOG.info("reading '{}' broke off at byte {}, trying again: {}", name, position, reason(failure));
        try {
            TimeUnit.MILLISECONDS.sleep(250L << failures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Messages of the JDK may have the link in them. */
    private String reason(IOException failure) {
        Optional<TlsFailure> tls = TlsFailure.of(failure);
        if (tls.isPresent()) {
            return tls.get().reason();
        }
        String text = String.valueOf(failure.getMessage());
        return text.contains("://") ? failure.getClass().getSimpleName() : text;
    }

    private InputStream connection() throws IOException {
        if (in == null) {
            in = "file".equals(link.getScheme()) ? Files.newInputStream(Path.of(link)) : connect();
        }
        return in;
    }

    private InputStream connect() throws IOException {
        URLConnection opened = link.toURL().openConnection();
        if (!(opened instanceof HttpURLConnection http)) {
            throw new Problem(Problem.Kind.INVALID, "'" + name + "' has a link that is neither http, https nor file");
        }
        http.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        http.setReadTimeout((int) READ_LIMIT.toMillis());
        http.setRequestProperty("Accept-Encoding", "identity");
        if (link.getUserInfo() != null) {
            byte[] credentials = link.getUserInfo().getBytes(StandardCharsets.UTF_8);
            http.setRequestProperty(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
            http.setInstanceFollowRedirects(false); // they are for this host and for no other
        }
        if (position > 0) {
            http.setRequestProperty("Range", "bytes=" + position + "-");
            if (version != null) {
                http.setRequestProperty("If-Range", version);
            }
        }
        int status = http.getResponseCode();
        LinkAnswer.check(name, http, status);
        if (status != (position > 0 ? 206 : 200)) {
            throw new IOException("its link answers " + status);
        }
        version = http.getHeaderField("ETag");
        return http.getInputStream();
    }

    private void disconnect() {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            LOG.debug("cannot close the connection", e);
        }
        in = null;
    }

    @Override
    public void close() {
        disconnect();
    }
}
