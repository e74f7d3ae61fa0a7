package io.mgnlbackup.route;

import io.mgnlbackup.http.Request;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

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
        Request read = new Request(request.method().name(), request.path(), parameters, accept);
        message.removeHeaders("*");
        exchange.setVariable("browser", read.isBrowser()); // how a failure is told
        message.setBody(read);
    }

    private static void add(Map<String, List<String>> parameters, MultiMap values) {
        for (String name : values.names()) {
            parameters.put(name, List.copyOf(values.getAll(name)));
        }
    }
}
