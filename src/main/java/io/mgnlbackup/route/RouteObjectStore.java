package io.mgnlbackup.route;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.PayloadReader;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Upload;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** The store as seen from Java: each method calls the route of its name, so a route that a user replaced counts here too. */
public final class RouteObjectStore implements ObjectStore {

    private final Supplier<CamelContext> context;
    private @Nullable ProducerTemplate routes;

    /** A store behind the {@code direct:store-*} routes of this context, which is asked for at the first call. */
    public RouteObjectStore(Supplier<CamelContext> context) {
        this.context = context;
    }

    private synchronized ProducerTemplate routes() {
        if (routes == null) {
            routes = context.get().createProducerTemplate();
        }
        return routes;
    }

    @Override
    public StoredObject put(Upload upload) {
        try {
            return call("direct:store-put", upload, StoredObject.class);
        } finally {
            // The route did so already, if it was reached.
            new PayloadReader(upload).close();
        }
    }

    @Override
    public StoredObject head(ObjectKey key) {
        return call("direct:store-head", key, StoredObject.class);
    }

    @Override
    public Payload get(GetRequest request) {
        return call("direct:store-get", request, Payload.class);
    }

    @Override
    public ListPage list(ListRequest request) {
        return call("direct:store-list", request, ListPage.class);
    }

    @Override
    public void delete(List<ObjectKey> keys) {
        call("direct:store-delete", keys, Object.class);
    }

    @Override
    public URI link(LinkRequest request) {
        return call("direct:store-link", request, URI.class);
    }

    private <T> T call(String route, Object request, Class<T> answer) {
        Exchange exchange;
        try {
            exchange = routes().send(
                            route,
                            ExchangePattern.InOut,
                            sent -> sent.getMessage().setBody(request));
        } catch (RuntimeException e) {
            throw failed(route, e);
        }
        Throwable thrown = exchange.getException();
        if (thrown instanceof StoreException known) {
            throw known;
        }
        if (thrown != null) {
            throw failed(route, thrown);
        }
        Object body = exchange.getMessage().getBody();
        if (!answer.isInstance(body)) {
            throw failed(route, new IllegalStateException("its answer is no " + answer.getSimpleName()));
        }
        return answer.cast(body);
    }

    private static StoreException failed(String route, Throwable cause) {
        return new StoreException(
                Problem.Kind.FAILED, "the route '" + route + "' failed: " + cause.getMessage(), null, false, cause);
    }
}
