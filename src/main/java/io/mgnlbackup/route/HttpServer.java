package io.mgnlbackup.route;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.limits.Connections;
import io.mgnlbackup.limits.GuardedVertx;
import io.mgnlbackup.problem.Problem;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the HTTP server of the routes runs on. Camel's own only logs that it cannot listen; here the start fails then. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Settings.Http settings;
    private final Settings.Limits limits;
    private final Duration longestRequest;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Connections connections;
    private final RawAnswers answers;
    private @Nullable GuardedVertx vertx;

    /**
     * Starts nothing yet.
     *
     * @param longestRequest what a request may take before it is reported as stuck: one that waits for a backup takes as long
     */
    public HttpServer(Settings.Http settings, Settings.Limits limits, Duration longestRequest, RawAnswers answers) {
        this.settings = settings;
        this.limits = limits;
        this.longestRequest = longestRequest;
        this.answers = answers;
        this.connections = new Connections(limits, System::nanoTime, answers::tooSlow);
    }

    /** The connections of the server. */
    public Connections connections() {
        return connections;
    }

    /** What the server runs on; made when it is asked for first. */
    public synchronized GuardedVertx vertx() {
        if (vertx == null) {
            Vertx inner = Vertx.vertx(GuardedVertx.options()
                    .setMaxWorkerExecuteTime(longestRequest.toMillis())
                    .setMaxWorkerExecuteTimeUnit(TimeUnit.MILLISECONDS));
            vertx = new GuardedVertx(inner, limits, connections, answers::invalid);
            vertx.exceptionHandler(this::failed);
        }
        return vertx;
    }

    private void failed(Throwable thrown) {
        if (!failure.compareAndSet(null, thrown)) {
            LOG.warn("the HTTP server failed: {}", String.valueOf(thrown.getMessage()));
        }
    }

    /** Throws if the server could not start, else answers what the server itself refuses. */
    public void checkStarted() {
        Throwable thrown = failure.getAndSet(new IllegalStateException("started")); // from now on failures are logged
        if (thrown != null) {
            throw new Problem(
                    Problem.Kind.FAILED,
                    "cannot listen on '" + settings.host() + ":" + settings.port() + "': " + thrown.getMessage(),
                    "another process uses the port, or the address is not of this host: set MGNLBACKUP_ADDRESS",
                    null,
                    thrown);
        }
    }

    @Override
    public synchronized void close() {
        if (vertx != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            vertx = null;
        }
    }
}
