package io.mgnlbackup.http;

import java.util.Optional;

/**
 * What a client gets.
 *
 * @param status an HTTP status code
 * @param contentType of the body
 * @param location where to go instead
 * @param body a String, an InputStream that is sent as it is read, or an empty String for none
 */
public record Answer(int status, String contentType, Object body, Optional<String> location) {

    Answer(int status, String contentType, Object body) {
        this(status, contentType, body, Optional.empty());
    }

    private static final String JSON = "application/json";

    /** A JSON text. */
    public static Answer json(int status, Object body) {
        return new Answer(status, JSON, body);
    }

    /** A page. */
    public static Answer html(int status, String body) {
        return new Answer(status, "text/html; charset=utf-8", body);
    }

    /** Sends a browser elsewhere on the same server, with GET. */
    public static Answer seeOther(String path) {
        return new Answer(303, JSON, "", Optional.of(path));
    }

    /** No content. */
    public static Answer empty() {
        return new Answer(204, JSON, "");
    }
}
