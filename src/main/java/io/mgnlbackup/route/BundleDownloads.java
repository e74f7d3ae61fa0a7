package io.mgnlbackup.route;

import io.mgnlbackup.access.Audit;
import io.mgnlbackup.bundle.Bundle;
import io.mgnlbackup.bundle.BundleTar;
import io.mgnlbackup.http.BundleEndpoint;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.http.Request;
import io.mgnlbackup.limits.DownloadPlaces;
import io.mgnlbackup.problem.Problem;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends {@code /bundle/...?download}: one archive, streamed. When it fails half-way the connection is cut, so that no client takes it for whole. */
public final class BundleDownloads {

    private static final Logger LOG = LoggerFactory.getLogger(BundleDownloads.class);

    private static final int BUFFER_BYTES = 64 * 1024;

    private final BundleEndpoint endpoint;
    private final BundleTar tar;
    private final ErrorAnswers errors;
    private final DownloadPlaces places;

    /** Sends what the endpoint plans. */
    public BundleDownloads(BundleEndpoint endpoint, BundleTar tar, DownloadPlaces places, ErrorAnswers errors) {
        this.endpoint = endpoint;
        this.tar = tar;
        this.places = places;
        this.errors = errors;
    }

    /** Adds itself in front of the route that answers everything else about bundles. */
    public void install(Router router) {
        router.get("/bundle").order(EdgeHandlers.BEFORE_ROUTES).handler(this::serve);
        router.get("/bundle/*").order(EdgeHandlers.BEFORE_ROUTES).handler(this::serve);
    }

    private void serve(RoutingContext request) {
        if (!request.request().params().contains("download")) {
            request.next();
            return;
        }
        request.vertx()
                .executeBlocking(
                        () -> {
                            send(request);
                            return null;
                        },
                        false)
                .onFailure(request::fail);
    }

    private void send(RoutingContext request) {
        if (!places.takeBundle()) {
            RequestLimits.tooBusy(request, errors, "too many bundles are being downloaded", "try again later");
            return;
        }
        try {
            Request asked = read(request);
            Bundle bundle = endpoint.plan(asked);
            Audit.did(
                    asked.caller(), "downloads the bundle", bundle.base().base().name());
            HttpServerResponse response = request.response();
            response.setChunked(true)
                    .putHeader("Content-Type", "application/x-tar")
                    .putHeader("Content-Disposition", "attachment; filename=\"pgdata.tar\"")
                    .putHeader("Cache-Control", "no-store");
            stream(bundle, response);
        } catch (Problem e) {
            EdgeHandlers.send(request, errors.of(e));
        } finally {
            places.giveBundle();
        }
    }

    private void stream(Bundle bundle, HttpServerResponse response) {
        try (ResponseStream out = new ResponseStream(response)) {
            tar.write(bundle, new BufferedOutputStream(out, BUFFER_BYTES));
            response.end();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the download of a bundle broke off: {}", String.valueOf(e.getMessage()));
            LOG.debug("the download of a bundle broke off", e);
            response.reset();
        }
    }

    private static Request read(RoutingContext request) {
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String name : request.request().params().names()) {
            parameters.put(name, request.request().params().getAll(name));
        }
        return new Request("GET", request.request().path(), parameters, "", AccessControl.caller(request));
    }
}
