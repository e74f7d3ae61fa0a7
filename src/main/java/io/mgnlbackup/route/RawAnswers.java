package io.mgnlbackup.route;

import io.mgnlbackup.http.Answer;
import io.mgnlbackup.http.ErrorAnswers;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Answers requests that no route and no handler of ours gets to see, since they are malformed, too large or too slow. They end the connection. */
public final class RawAnswers {

    private final ErrorAnswers errors;

    /** Answers like everything else. */
    public RawAnswers(ErrorAnswers errors) {
        this.errors = errors;
    }

    /** A request that the server cannot read. */
    public void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            end(
                    request,
                    414,
                    "the path and its parameters are too long",
                    "at most 8 KiB; a form of POST /list may have more");
        } else if (cause instanceof TooLongHttpHeaderException) {
            end(request, 431, "the headers of the request are too large", "at most 16 KiB in all");
        } else {
            end(request, 400, "the request is not well formed", "send HTTP/1.1");
        }
    }

    /** A request whose body does not come. */
    public void tooSlow(HttpServerRequest request) {
        end(
                request,
                408,
                "the body of the request took too long to come",
                "MGNLBACKUP_REQUEST_TIMEOUT says how long it may take");
    }

    /** Answers what the router itself refuses, which is before any handler: paths that are none. */
    public void install(Router root) {
        root.errorHandler(400, request -> end(request, 400, "the path of the request is not well formed"));
        root.errorHandler(404, request -> end(request, 404, "there is nothing at this path"));
        root.errorHandler(500, request -> end(request, 500, "the request failed"));
    }

    private void end(RoutingContext request, int status, String why) {
        if (!request.response().ended()) {
            end(request.request(), status, why, "see the README for what there is");
        }
    }

    private void end(HttpServerRequest request, int status, String why, String hint) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            request.connection().close();
            return;
        }
        Answer answer = errors.of(status, why, hint);
        SecurityHeaders.put(request);
        response.setStatusCode(status)
                .putHeader("Content-Type", answer.contentType())
                .putHeader("Connection", "close")
                .end(String.valueOf(answer.body()))
                .onComplete(sent -> request.connection().close());
    }
}
