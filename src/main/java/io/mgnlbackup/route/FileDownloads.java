package io.mgnlbackup.route;

import io.mgnlbackup.access.Audit;
import io.mgnlbackup.http.ByteRange;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.limits.DownloadPlaces;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.local.LocalStore;
import io.mgnlbackup.store.local.SignedLinks;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Serves the signed links of a store folder. A link is checked before a file is looked at, so that nobody learns names; the file goes
 * from the disk to the socket without passing through memory, and a client may go on where it was cut off.
 */
public final class FileDownloads {

    private final LocalStore store;
    private final SignedLinks links;
    private final DownloadPlaces places;
    private final ErrorAnswers errors;

    /** Serves these files under these links. */
    public FileDownloads(LocalStore store, SignedLinks links, DownloadPlaces places, ErrorAnswers errors) {
        this.store = store;
        this.links = links;
        this.places = places;
        this.errors = errors;
    }

    /** Adds itself. */
    public void install(Router router) {
        router.route(SignedLinks.PATH + "*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(request -> request.vertx()
                        .executeBlocking(
                                () -> {
                                    serve(request);
                                    return null;
                                },
                                false)
                        .onFailure(request::fail));
    }

    /** Whether a request carries a good signature of the very object that it asks for. */
    public static boolean isSigned(RoutingContext request, SignedLinks links) {
        String path = request.request().path();
        HttpMethod method = request.request().method();
        boolean reads = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        return reads
                && path.startsWith(SignedLinks.PATH)
                && request.normalizedPath().startsWith(SignedLinks.PATH)
                && key(path)
                        .filter(key ->
                                links.accepts(key, parameter(request, "expires"), parameter(request, "signature")))
                        .isPresent();
    }

    private void serve(RoutingContext request) {
        Optional<ObjectKey> key = key(request.request().path());
        if (key.isEmpty() || !isSigned(request, links)) {
            EdgeHandlers.send(
                    request, errors.of(403, "the link is not valid, or not any more", "take a new one from /list"));
            return;
        }
        Optional<Path> file = store.file(key.get());
        if (file.isEmpty()) {
            EdgeHandlers.send(
                    request, errors.of(404, "the backup is not there any more", "see /list for what there is"));
            return;
        }
        if (HttpMethod.HEAD.equals(request.request().method())) {
            send(request, file.get());
        } else if (places.takeFile()) {
            Audit.did(AccessControl.caller(request), "downloads", key.get().value());
            send(request, file.get()).onComplete(sent -> places.giveFile());
        } else {
            RequestLimits.tooBusy(request, errors, "too many files are being downloaded", "try again later");
        }
    }

    private static Future<Void> send(RoutingContext request, Path file) {
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            request.fail(e);
            return Future.failedFuture(e);
        }
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", "application/gzip")
                .putHeader("Content-Disposition", "attachment; filename=\"" + plain(file) + "\"")
                .putHeader("Accept-Ranges", "bytes");
        ByteRange whole = new ByteRange(0, size);
        Optional<ByteRange> asked = Optional.ofNullable(request.request().getHeader("Range"))
                .flatMap(header -> ByteRange.parse(header, size));
        ByteRange range = asked.orElse(whole);
        if (asked.isPresent() && !range.satisfiable()) {
            return response.putHeader("Content-Range", "bytes */" + size)
                    .setStatusCode(416)
                    .end();
        }
        if (asked.isPresent()) {
            response.setStatusCode(206)
                    .putHeader(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(range.offset(), range.offset() + range.length() - 1, size));
        }
        if (HttpMethod.HEAD.equals(request.request().method())) {
            return response.putHeader("Content-Length", Long.toString(range.length()))
                    .end();
        }
        return response.sendFile(file.toString(), range.offset(), range.length());
    }

    /** A file name that needs no quoting. */
    private static String plain(Path file) {
        return file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static Optional<ObjectKey> key(String path) {
        try {
            String encoded = path.substring(SignedLinks.PATH.length()).replace("+", "%2B");
            return Optional.of(new ObjectKey(URLDecoder.decode(encoded, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String parameter(RoutingContext request, String name) {
        String value = request.request().getParam(name);
        return value == null ? "" : value;
    }
}
