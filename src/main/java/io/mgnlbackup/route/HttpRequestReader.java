package io.mgnlbackup.route;

import io.mgnlbackup.access.Caller;
import io.mgnlbackup.http.Request;
import io.mgnlbackup.problem.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/** Makes the one {@link Request} of what a client sent, and removes everything else from the message. */
public final class HttpRequestReader implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        HttpServerRequest request = ((HttpMessage) message).getRequest();
        Map<String, List<String>> parameters = new TreeMap<>();
        add(parameters, request.params());
        add(parameters, request.formAttributes());
        String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        Request read = new Request(request.method().name(), request.path(), parameters, accept, caller(message));
        message.removeHeaders("*");
        exchange.setVariable("browser", read.isBrowser()); // how a failure is told
        exchange.setVariable("caller", read.caller()); // for the audit log
        if (request.params().contains(RequestLimits.BROKEN_FORM)) {
            throw new Problem(Problem.Kind.INVALID, "the form of the request cannot be read", "encode its fields");
        }
        message.setBody(read);
    }

    /** The check in front of all routes has put somebody there. */
    private static Caller caller(Message message) {
        User user = message.getHeader(VertxPlatformHttpConstants.AUTHENTICATED_USER, User.class);
        if (user == null) {
            throw new IllegalStateException("a request came by without a check of who asks");
        }
        return RequestUser.caller(user);
    }

    private static void add(Map<String, List<String>> parameters, MultiMap values) {
        for (String name : values.names()) {
            parameters.put(name, List.copyOf(values.getAll(name)));
        }
    }
}
