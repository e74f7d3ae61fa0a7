package io.mgnlbackup.route;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/** Serves the style and the script of the page: these two files of the class path and no others. */
final class Assets {

    private Assets() {}

    /** Adds the files. */
    static void install(Router router) {
        add(router, "page.css", "text/css; charset=utf-8");
        add(router, "page.js", "text/javascript; charset=utf-8");
    }

    private static void add(Router router, String name, String contentType) {
        byte[] content = read("/page/" + name);
        CRC32 crc = new CRC32();
        crc.update(content);
        String etag = "\"" + Long.toHexString(crc.getValue()) + "\"";
        router.route("/assets/" + name)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(request -> send(request, contentType, etag, content));
    }

    private static void send(RoutingContext request, String contentType, String etag, byte[] content) {
        request.response()
                .putHeader("Content-Type", contentType)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", etag);
        if (etag.equals(request.request().getHeader("If-None-Match"))) {
            request.response().setStatusCode(304).end();
        } else if (HttpMethod.HEAD.equals(request.request().method())) {
            request.response()
                    .putHeader("Content-Length", Integer.toString(content.length))
                    .end();
        } else {
            request.response().end(Buffer.buffer(content));
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("'" + name + "' is not in the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
