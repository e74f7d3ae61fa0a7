package io.mgnlbackup.http;

/**
 * What a client gets.
 *
 * @param status an HTTP status code
 * @param contentType of the body
 * @param body a String, an InputStream that is sent as it is read, or an empty String for none
 */
public record Answer(int status, String contentType, Object body) {

    private static final String JSON = "application/json";

    /** A JSON text. */
    public static Answer json(int status, Object body) {
        return new Answer(status, JSON, body);
    }

    /** No content. */
    public static Answer empty() {
        return new Answer(204, JSON, "");
    }
}
