package io.mgnlbackup.route;

import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.limits.Connections;
import io.mgnlbackup.limits.GuardedVertx;
import io.mgnlbackup.limits.RequestSize;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Lets a request go on if it is not too large and there is room for it. Health and metrics are answered whatever else goes on. */
public final class RequestLimits {

    /** Forms of the page and of queries are small; the server of the routes has the same limit (application.properties). */
    static final long MOST_BODY_BYTES = 65_536;

    /** A parameter that stands for a form which cannot be read. */
    static final String BROKEN_FORM = "\0form";

    private final Connections connections;
    private final GuardedVertx vertx;
    private final ErrorAnswers errors;

    /** Knows how much is going on from these. */
    public RequestLimits(Connections connections, GuardedVertx vertx, ErrorAnswers errors) {
        this.connections = connections;
        this.vertx = vertx;
        this.errors = errors;
    }

    /** Adds itself. */
    public void install(Router router) {
        router.route().order(EdgeHandlers.LIMITS).handler(this::check);
    }

    private void check(RoutingContext request) {
        HttpServerRequest asked = request.request();
        boolean room = connections.asks(asked, RequestSize.hasBody(asked));
        request.addEndHandler(ended -> ended(asked, ended.cause()));
        if (RequestSize.bodyBytes(asked) > MOST_BODY_BYTES) {
            refuse(request, 413, "the body of the request is too large", "at most 64 KiB");
        } else if (asked.params().entries().size() > RequestSize.MOST_PARAMETERS) {
            refuse(request, 400, "there are too many parameters", "at most " + RequestSize.MOST_PARAMETERS);
        } else if (!room && !GuardedVertx.isProbe(asked.path())) {
            tooBusy(request, errors, "there are too many connections", "close some, or try again later");
        } else if (!vertx.admits(asked.path())) {
            tooBusy(request, errors, "too many requests wait for an answer", "try again later");
        } else {
            request.next();
        }
    }

    /** A form that cannot be decoded comes here too, as the only place that the server tells of it; the answer is still to come. */
    private void ended(HttpServerRequest asked, @Nullable Throwable failure) {
        if (failure instanceof DecoderException && !asked.response().ended()) {
            asked.params().add(BROKEN_FORM, "");
            asked.response().endHandler(sent -> connections.answered(asked));
        } else {
            connections.answered(asked);
        }
    }

    private void refuse(RoutingContext request, int status, String why, String hint) {
        request.response().putHeader("Connection", "close");
        EdgeHandlers.send(request, errors.of(status, why, hint));
    }

    /** Says that the same request may be answered some seconds later. */
    static void tooBusy(RoutingContext request, ErrorAnswers errors, String why, String hint) {
        request.response().putHeader("Retry-After", "5").putHeader("Connection", "close");
        EdgeHandlers.send(request, errors.of(503, why, hint));
    }
}
