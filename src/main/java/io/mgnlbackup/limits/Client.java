package io.mgnlbackup.limits;

import io.mgnlbackup.config.Settings;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: what it waits for, and when that has been too long. Everything but {@link #idleSince} belongs to its event loop. */
final class Client {

    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private final HttpServerConnection connection;
    private final Settings.Limits limits;
    private final LongSupplier nanos;
    private final Consumer<HttpServerRequest> tooSlow;
    private final Outbound outbound;
    private final boolean extra;
    private @Nullable HttpServerRequest request;
    private boolean hasBody;
    private volatile boolean idle = true;
    private volatile long since;

    /**
     * A connection that was opened just now.
     *
     * @param extra whether it is one more than there may be
     * @param tooSlow answers a request whose body does not come
     */
    Client(
            HttpServerConnection connection,
            boolean extra,
            Settings.Limits limits,
            LongSupplier nanos,
            Consumer<HttpServerRequest> tooSlow) {
        this.connection = connection;
        this.extra = extra;
        this.limits = limits;
        this.nanos = nanos;
        this.tooSlow = tooSlow;
        this.since = nanos.getAsLong();
        this.outbound = new Outbound(connection.channel(), since);
    }

    boolean isExtra() {
        return extra;
    }

    /** Whether no request of it is being answered. */
    boolean isIdle() {
        return idle;
    }

    /** The time of {@link System#nanoTime} since which it has been idle. */
    long idleSince() {
        return since;
    }

    /** The head of a request has come. */
    void asks(HttpServerRequest asked, boolean withBody) {
        request = asked;
        hasBody = withBody;
        since = nanos.getAsLong();
        idle = false;
    }

    /** The whole answer has been handed over to be sent. */
    void answered() {
        request = null;
        since = nanos.getAsLong();
        idle = true;
        if (extra) {
            connection.channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Looks at the connection on its event loop, where nothing of it changes meanwhile. */
    void look() {
        connection.channel().eventLoop().execute(this::check);
    }

    private void check() {
        long now = nanos.getAsLong();
        if (outbound.stalledNanos(now) > limits.stallTimeout().toNanos()) {
            LOG.warn(
                    "cut off a client at {} that took nothing of an answer for {} s",
                    connection.remoteAddress(),
                    TimeUnit.NANOSECONDS.toSeconds(limits.stallTimeout().toNanos()));
            close();
        } else if (outbound.isPending() && idle) {
            since = now; // it still reads the answer
        } else if (now - since > limits.requestTimeout().toNanos()) {
            takesTooLong();
        }
    }

    private void takesTooLong() {
        HttpServerRequest asked = request;
        if (asked == null) {
            LOG.debug("closed a connection of {} that brought no request", connection.remoteAddress());
            close();
        } else if (hasBody && !asked.isEnded()) {
            hasBody = false;
            LOG.debug("a request of {} takes too long to come", connection.remoteAddress());
            tooSlow.accept(asked);
        }
    }

    /** Ends it at once and drops what waits to be sent: to close it in good order would be to wait for just that. */
    void close() {
        Channel.Unsafe channel = connection.channel().unsafe();
        connection.channel().eventLoop().execute(() -> channel.close(channel.voidPromise()));
    }
}
