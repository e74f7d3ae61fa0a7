package io.mgnlbackup.limits;

import io.vertx.core.http.HttpServerRequest;

/** How large a request is. */
public final class RequestSize {

    /** Parameters of a request, in its URL and in its form; ours has six at most. */
    public static final int MOST_PARAMETERS = 32;

    private RequestSize() {}

    /** Whether something follows the head. */
    public static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains("Transfer-Encoding") || bodyBytes(request) > 0;
    }

    /** What the request says of the size of its body, 0 if nothing. */
    public static long bodyBytes(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Math.max(0, Long.parseLong(length.strip()));
        } catch (NumberFormatException e) {
            return 0; // the server does not accept such a request
        }
    }
}
