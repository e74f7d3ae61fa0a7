package io.mgnlbackup.limits;

import io.mgnlbackup.config.Settings;
import io.netty.channel.Channel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP server runs on, with limits: Camel makes the server itself, and lets nobody say how but through this.
 *
 * <p>Each kind of probe has a thread of its own. So a store that does not answer, which holds up {@code /health/ready} and everybody else,
 * never looks like a dead sidecar.
 */
public final class GuardedVertx extends VertxWrapper {

    /** Bytes of the first line of a request: the method, the path and the parameters. */
    static final int MOST_LINE_BYTES = 8 * 1024;

    /** Bytes of all headers of a request. */
    static final int MOST_HEADER_BYTES = 16 * 1024;

    /** Fields of a form. */
    static final int MOST_FORM_FIELDS = RequestSize.MOST_PARAMETERS;

    /** Characters of a field of a form. */
    static final int MOST_FIELD_CHARACTERS = 8 * 1024;

    private static final Set<String> PROBES = Set.of("/health/live", "/health/ready", "/metrics");

    /** Threads that answer requests, beside those of downloads. */
    private static final int WORKERS = 20;

    /** Requests that may wait for one of them. */
    private static final int MOST_QUEUED = 40;

    /** Requests of one kind of probe that may wait: there is a probe each few seconds, and an attack has more. */
    private static final int MOST_PROBES = 50;

    private static final String THREADS = "io.mgnlbackup.threads";
    private static final String PIPELINING = "pipelining";

    private final Connections connections;
    private final Opening opening = new Opening();
    private final Consumer<HttpServerRequest> invalid;
    private final Threads everybody = Threads.of(null, WORKERS + DownloadPlaces.MOST_BUNDLES + MOST_QUEUED);
    private final Map<String, Threads> probes;
    private final long periodMs;

    /**
     * Guards what runs on this.
     *
     * @param vertx made with {@link #options}
     * @param invalid answers what is no HTTP request, or exceeds its limits
     */
    public GuardedVertx(
            Vertx vertx, Settings.Limits limits, Connections connections, Consumer<HttpServerRequest> invalid) {
        super((VertxInternal) vertx);
        this.connections = connections;
        this.invalid = invalid;
        this.probes = PROBES.stream()
                .collect(Collectors.toUnmodifiableMap(
                        path -> path,
                        path -> Threads.of(delegate.createSharedWorkerExecutor("probe" + path, 1), MOST_PROBES)));
        this.periodMs = period(limits).toMillis();
    }

    /** What is to be guarded has so many threads. */
    public static VertxOptions options() {
        return new VertxOptions().setWorkerPoolSize(WORKERS + DownloadPlaces.MOST_BUNDLES);
    }

    private static Duration period(Settings.Limits limits) {
        Duration quarter = limits.requestTimeout().compareTo(limits.stallTimeout()) < 0
                ? limits.requestTimeout().dividedBy(4)
                : limits.stallTimeout().dividedBy(4);
        return quarter.compareTo(Duration.ofSeconds(1)) < 0 ? quarter.plusMillis(1) : Duration.ofSeconds(1);
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        options.setMaxInitialLineLength(MOST_LINE_BYTES)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxFormFields(MOST_FORM_FIELDS)
                .setMaxFormAttributeSize(MOST_FIELD_CHARACTERS)
                // One request at a time for each connection, so that what is bounded for connections is bounded.
                .setHttp2ClearTextEnabled(false);
        delegate.setPeriodic(periodMs, timer -> connections.look());
        return delegate.createHttpServer(options)
                .connectionHandler(this::opened)
                .invalidRequestHandler(invalid::accept);
    }

    /** The routes are there: requests are answered from now on. Before, they wait. */
    public void open() {
        opening.open();
    }

    private void opened(HttpConnection connection) {
        Channel channel = ((HttpServerConnection) connection).channel();
        channel.pipeline().addBefore("handler", PIPELINING, new Pipelining());
        opening.connected(channel, PIPELINING);
        connections.opened(connection);
    }

    /** Whether a request for this path is answered whatever else goes on. */
    public static boolean isProbe(String path) {
        return PROBES.contains(path);
    }

    /** Takes threads for the request that is being handled; false when so many wait for them that it should come later. */
    public boolean admits(String path) {
        Threads threads = probes.getOrDefault(path, everybody);
        Context context = delegate.getOrCreateContext();
        context.putLocal(THREADS, threads);
        return !threads.isBusy();
    }

    @Override
    public <T> Future<T> executeBlocking(Callable<T> code, boolean ordered) {
        Context context = delegate.getOrCreateContext();
        @Nullable Threads threads = context.getLocal(THREADS);
        return (threads == null ? everybody : threads).run(context, code, ordered);
    }
}
