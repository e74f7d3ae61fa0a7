package io.mgnlbackup.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One request to a {@link GcsServer}, taken apart, and the ways to answer it. */
final class GcsCall {

    static final ObjectMapper JSON = new ObjectMapper();

    final HttpExchange exchange;
    final String method;
    final String path;
    final Map<String, String> query = new TreeMap<>();
    final @Nullable GcsFault fault;

    GcsCall(HttpExchange exchange, @Nullable GcsFault fault) {
        this.exchange = exchange;
        this.method = exchange.getRequestMethod();
        this.path = exchange.getRequestURI().getRawPath();
        this.fault = fault;
        query.putAll(form(exchange.getRequestURI().getRawQuery()));
    }

    static Map<String, String> form(@Nullable String encoded) {
        Map<String, String> values = new TreeMap<>();
        for (String pair : encoded == null || encoded.isEmpty() ? new String[0] : encoded.split("&")) {
            int equals = pair.indexOf('=');
            values.put(
                    decode(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return values;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A part of a path, where a plus is a plus. */
    static String decodePath(String text) {
        return decode(text.replace("+", "%2B"));
    }

    boolean has(GcsFault.Kind kind) {
        return fault != null && fault.kind == kind;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    Optional<Long> number(String parameter) {
        return Optional.ofNullable(query.get(parameter)).map(Long::parseLong);
    }

    /** The body, which is small. */
    byte[] body() throws IOException {
        InputStream in = exchange.getRequestBody();
        return (header("Content-Encoding").orElse("").equals("gzip") ? new GZIPInputStream(in) : in).readAllBytes();
    }

    ObjectNode json() throws IOException {
        byte[] body = body();
        return body.length == 0 ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(body);
    }

    void answer(int status, ObjectNode body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        send(status, JSON.writeValueAsBytes(body));
    }

    void answer(int status) throws IOException {
        send(status, new byte[0]);
    }

    void error(int status, String reason, String message) throws IOException {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode error = body.putObject("error").put("code", status).put("message", message);
        error.putArray("errors")
                .addObject()
                .put("domain", "global")
                .put("reason", reason)
                .put("message", message);
        answer(status, body);
    }

    private void send(int status, byte[] body) throws IOException {
        try (InputStream rest = exchange.getRequestBody()) {
            rest.transferTo(java.io.OutputStream.nullOutputStream());
        }
        if (has(GcsFault.Kind.LOST_ANSWER)) {
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
