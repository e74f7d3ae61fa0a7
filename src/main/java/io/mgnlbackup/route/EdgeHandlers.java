package io.mgnlbackup.route;

import io.mgnlbackup.http.Answer;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.problem.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the HTTP server answers when no route does: an unknown path, a wrong method, a request that it cannot read. */
public final class EdgeHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeHandlers.class);

    /** The order in which handlers see a request; routes have none of their own and come later. */
    static final int ADMIT = Integer.MIN_VALUE;

    static final int LIMITS = ADMIT + 1;
    static final int ACCESS = LIMITS + 1;
    static final int BEFORE_ROUTES = ACCESS + 1;

    private final ErrorAnswers errors;
    private final Supplier<Collection<HttpEndpointModel>> endpoints;

    /** Knows the endpoints that there are by asking each time, since routes may come and go. */
    public EdgeHandlers(ErrorAnswers errors, Supplier<Collection<HttpEndpointModel>> endpoints) {
        this.errors = errors;
        this.endpoints = endpoints;
    }

    /** Adds itself in front of and behind everything else. */
    public void install(Router router) {
        router.route().last().handler(this::unmatched).failureHandler(this::failed);
        router.route().order(ADMIT).failureHandler(this::failed).handler(this::admit);
    }

    /** What holds for every request, whatever answers it. */
    private void admit(RoutingContext request) {
        SecurityHeaders.put(request.request());
        if (!isReadable(request)) {
            send(
                    request,
                    errors.of(400, "the parameters of the request are not well formed", "encode them as a form does"));
            return;
        }
        if (!isOfThisSite(request)) {
            send(
                    request,
                    errors.of(
                            403,
                            "a page of another site asks for this",
                            "use the page of the sidecar itself, or a program that is no browser"));
            return;
        }
        withoutForm(request);
    }

    private static boolean isOfThisSite(RoutingContext request) {
        MultiMap headers = request.request().headers();
        return changesSomething(request)
                ? SameSite.allows(headers::get, host(request))
                : SameSite.allowsReading(headers::get);
    }

    /** A percent sign without two hex digits behind it fails wherever a parameter is asked for; better here than there. */
    private static boolean isReadable(RoutingContext request) {
        try {
            return request.request().params() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String host(RoutingContext request) {
        HostAndPort authority = request.request().authority(); // Host, or :authority of HTTP/2
        return authority == null ? null : authority.toString();
    }

    /** A backup may be started, and a bundle stored, with GET as well. */
    private static boolean changesSomething(RoutingContext request) {
        HttpMethod method = request.request().method();
        boolean reads = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        return !reads
                || request.normalizedPath().startsWith("/dump")
                || request.request().params().contains("upload");
    }

    /** A form in a request whose method has no body means nothing, and would make the server fail. */
    private static void withoutForm(RoutingContext request) {
        HttpMethod method = request.request().method();
        if (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) {
            request.request().headers().remove("Content-Type");
        }
        request.next();
    }

    private void unmatched(RoutingContext request) {
        String path = request.request().path();
        Optional<HttpEndpointModel> samePath = endpoints.get().stream()
                .filter(endpoint -> endpoint.getUri().equals(path)
                        || (takesPathsBelow(endpoint) && path.startsWith(endpoint.getUri() + "/")))
                .findFirst();
        if (samePath.isPresent()) {
            String methods = samePath.get().getVerbs();
            request.response().putHeader("Allow", methods);
            send(
                    request,
                    errors.of(
                            405,
                            "'" + path + "' does not take " + request.request().method(),
                            "accepted: " + methods));
        } else {
            send(request, errors.of(404, "there is nothing at this path", "see the README for what there is"));
        }
    }

    private static boolean takesPathsBelow(HttpEndpointModel endpoint) {
        return endpoint.getConsumer() != null
                && endpoint.getConsumer().getEndpoint() instanceof PlatformHttpEndpoint http
                && http.isMatchOnUriPrefix();
    }

    private void failed(RoutingContext request) {
        int status = status(request.statusCode());
        Throwable failure = request.failure();
        if (request.response().closed() || request.response().ended()) {
            LOG.debug("a client went away: {}", String.valueOf(failure));
            return;
        }
        if (status >= 500 && !(failure instanceof Problem)) {
            LOG.error("a request failed in an unexpected way: {}", String.valueOf(failure), failure);
        }
        SecurityHeaders.put(request.request()); // the server may have refused it before us
        send(request, failure instanceof Problem ? errors.of(failure) : errors.of(status, told(status), hint(status)));
    }

    /** What reads bodies fails with 200 when they cannot be read. */
    private static int status(int ofFailure) {
        if (ofFailure == 200) {
            return 400;
        }
        return ofFailure < 400 ? 500 : ofFailure;
    }

    private static String told(int status) {
        return switch (status) {
            case 404 -> "there is nothing at this path";
            case 413 -> "the body of the request is too large";
            default -> status < 500 ? "the request is not accepted" : "the request failed";
        };
    }

    private static String hint(int status) {
        return switch (status) {
            case 404 -> "see the README for what there is";
            case 413 -> "at most 64 KiB";
            case 400 -> "it is not well formed, or a field of its form is longer than 8 KiB, or there are more than 32";
            default -> "the log may say more";
        };
    }

    static void send(RoutingContext request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .putHeader("Cache-Control", "no-store")
                .end(String.valueOf(answer.body()));
    }
}
