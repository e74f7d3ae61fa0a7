package io.mgnlbackup.limits;

import io.mgnlbackup.config.Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that there are. When there are as many as there may be, the one that has brought no request for longest makes way; when
 * all are busy, a few more are taken for the probes, and the rest is turned away.
 */
public final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Over the limit: on these only health and metrics are answered, and everybody else learns why not. */
    static final int EXTRA = 32;

    /** A client that connects gets so long to send something before it may have to make way. */
    static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Settings.Limits limits;
    private final LongSupplier nanos;
    private final Consumer<HttpServerRequest> tooSlow;
    private final Map<HttpConnection, Client> clients = new ConcurrentHashMap<>();
    private final AtomicLong told;

    /**
     * None yet.
     *
     * @param nanos the time, as {@link System#nanoTime} tells it
     * @param tooSlow answers a request whose body does not come
     */
    public Connections(Settings.Limits limits, LongSupplier nanos, Consumer<HttpServerRequest> tooSlow) {
        this.limits = limits;
        this.nanos = nanos;
        this.tooSlow = tooSlow;
        this.told = new AtomicLong(nanos.getAsLong() - TELL_NANOS);
    }

    /** A client has connected. */
    void opened(HttpConnection connection) {
        HttpServerConnection opened = (HttpServerConnection) connection;
        if (clients.size() >= limits.maxConnections()
                && !makeWay()
                && clients.size() >= limits.maxConnections() + EXTRA) {
            opened.channel().close();
            return;
        }
        boolean extra = clients.size() >= limits.maxConnections();
        clients.put(connection, new Client(opened, extra, limits, nanos, tooSlow));
        connection.exceptionHandler(failed -> LOG.debug("a connection broke: {}", String.valueOf(failed)));
        connection.closeHandler(closed -> clients.remove(connection));
    }

    private boolean makeWay() {
        long now = nanos.getAsLong();
        if (now - told.get() >= TELL_NANOS) {
            told.set(now);
            LOG.warn(
                    "there are {} connections: idle ones are closed, and when none is idle only health and metrics are answered",
                    limits.maxConnections());
        }
        Optional<Map.Entry<HttpConnection, Client>> longest = clients.entrySet().stream()
                .filter(client -> client.getValue().isIdle())
                .filter(client -> now - client.getValue().idleSince() >= GRACE_NANOS)
                .max(Comparator.comparingLong(client -> now - client.getValue().idleSince()));
        longest.ifPresent(client -> {
            clients.remove(client.getKey());
            client.getValue().close();
        });
        return longest.isPresent();
    }

    /** Looks at each, and cuts off whoever is too slow. */
    void look() {
        clients.values().forEach(Client::look);
    }

    /** A request has begun to come; false if its connection is one too many, so that only probes are answered. */
    public boolean asks(HttpServerRequest request, boolean withBody) {
        @Nullable Client client = clients.get(request.connection());
        if (client == null) {
            return true;
        }
        client.asks(request, withBody);
        return !client.isExtra();
    }

    /** The answer has been handed over. */
    public void answered(HttpServerRequest request) {
        @Nullable Client client = clients.get(request.connection());
        if (client != null) {
            client.answered();
        }
    }

    /** How many there are. */
    public int count() {
        return clients.size();
    }
}
