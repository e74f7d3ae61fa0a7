package io.mgnlbackup.route;

import io.mgnlbackup.http.ErrorAnswers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Server-sent events (HTML Living Standard, "Server-sent events") at {@code /events}: the state of the backup each second, to all who
 * look at the page. A handler of the server itself, since a route's answer is buffered.
 */
final class LiveEvents {

    /** More pages than that are not kept up to date. */
    private static final int MOST_CLIENTS = 32;

    /** Bytes that may wait for a client that does not read before it misses an event. */
    private static final int MOST_WAITING_BYTES = 16 * 1024;

    private static final long PERIOD_MS = 1_000;

    private final Supplier<String> state;
    private final ErrorAnswers errors;
    private final Predicate<RoutingContext> admitted;
    private final Map<HttpServerResponse, RoutingContext> clients = new ConcurrentHashMap<>();

    /**
     * Tells this state, one line of JSON.
     *
     * @param admitted whether the one who asked for events may still have them
     */
    LiveEvents(Supplier<String> state, Predicate<RoutingContext> admitted, ErrorAnswers errors) {
        this.state = state;
        this.admitted = admitted;
        this.errors = errors;
    }

    /** Adds itself. */
    void install(Router router, Vertx vertx) {
        router.get("/events").handler(this::accept);
        vertx.setPeriodic(PERIOD_MS, timer -> tell());
    }

    private void accept(RoutingContext request) {
        if (clients.size() >= MOST_CLIENTS) {
            RequestLimits.tooBusy(request, errors, "too many pages are open", "reload the page to see what is new");
            return;
        }
        HttpServerResponse response = request.response();
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no"); // a proxy in front must not collect events
        response.setWriteQueueMaxSize(MOST_WAITING_BYTES);
        response.closeHandler(closed -> clients.remove(response));
        response.exceptionHandler(failed -> clients.remove(response));
        clients.put(response, request);
        write(response, event());
    }

    private void tell() {
        if (!clients.isEmpty()) {
            String event = event();
            clients.forEach((client, request) -> {
                if (admitted.test(request)) {
                    write(client, event);
                } else {
                    clients.remove(client);
                    client.end();
                }
            });
        }
    }

    private String event() {
        return "event: state\ndata: " + state.get() + "\n\n";
    }

    private void write(HttpServerResponse client, String event) {
        if (client.closed() || client.ended()) {
            clients.remove(client);
        } else if (!client.writeQueueFull()) {
            client.write(event);
        }
    }
}
