package io.mgnlbackup.route;

import io.mgnlbackup.http.ErrorAnswers;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the page needs besides itself: its style, its script, and news. */
public final class PageHandlers {

    private final LiveEvents events;

    /** News about this state, a line of JSON, for those who may still have it. */
    public PageHandlers(Supplier<String> state, Predicate<RoutingContext> admitted, ErrorAnswers errors) {
        this.events = new LiveEvents(state, admitted, errors);
    }

    /** Adds itself. */
    public void install(Router router, Vertx vertx) {
        Assets.install(router);
        events.install(router, vertx);
    }
}
