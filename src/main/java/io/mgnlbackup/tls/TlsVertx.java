package io.mgnlbackup.tls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import java.util.concurrent.Callable;

/** Makes servers that speak TLS: Camel makes the server itself, and cannot say all that we want. */
public final class TlsVertx extends VertxWrapper {

    private final PortTls tls;

    /** Does all else as that one does. */
    public TlsVertx(Vertx vertx, PortTls tls) {
        super((VertxInternal) vertx);
        this.tls = tls;
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        tls.configure(options);
        return super.createHttpServer(options);
    }

    /** By the threads of what this is around, which the wrapper passes over. */
    @Override
    public <T> Future<T> executeBlocking(Callable<T> code, boolean ordered) {
        return delegate.executeBlocking(code, ordered);
    }
}
