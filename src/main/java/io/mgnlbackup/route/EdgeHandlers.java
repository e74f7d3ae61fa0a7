package io.mgnlbackup.route;

import io.mgnlbackup.http.Answer;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.problem.Problem;
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

    /** The page has its own style and script and nothing else; nothing of ours is shown inside another page. */
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    /** The order in which handlers see a request; routes have none of their own and come later. */
    static final int ADMIT = Integer.MIN_VALUE;

    static final int ACCESS = ADMIT + 1;
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
        request.response()
                .putHeader("Content-Security-Policy", PAGE_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        if (changesSomething(request) && !SameSite.allows(request.request().headers()::get, host(request))) {
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
        int status = request.statusCode() < 400 ? 500 : request.statusCode();
        Throwable failure = request.failure();
        if (status >= 500 && !(failure instanceof Problem)) {
            LOG.error("a request failed in an unexpected way: {}", String.valueOf(failure), failure);
        }
        send(
                request,
                failure instanceof Problem
                        ? errors.of(failure)
                        : errors.of(
                                status,
                                status < 500 ? "the request is not accepted" : "the request failed",
                                hint(status)));
    }

    private static String hint(int status) {
        return switch (status) {
            case 413 -> "its body is too large";
            case 400 -> "it is not well formed";
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
