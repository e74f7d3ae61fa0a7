package io.mgnlbackup.route;

import io.mgnlbackup.http.ErrorAnswers;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.function.Supplier;

/** What the page needs besides itself: its style, its script, and news. */
public final class PageHandlers {

    private final LiveEvents events;

    /** News about this state, a line of JSON. */
    public PageHandlers(Supplier<String> state, ErrorAnswers errors) {
        this.events = new LiveEvents(state, errors);
    }

    /** Adds itself. */
    public void install(Router router, Vertx vertx) {
        Assets.install(router);
        events.install(router, vertx);
    }
}
