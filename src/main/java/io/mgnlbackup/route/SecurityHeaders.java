package io.mgnlbackup.route;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The headers that every answer carries, whoever gives it: the page, JSON, errors, files. */
final class SecurityHeaders {

    /** The page has its own style and script and nothing else; nothing of ours is shown inside another page. */
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    /** Long enough to be of use, and not so long that a name which goes back to plain HTTP is lost for a year. */
    private static final String THIRTY_DAYS = "max-age=2592000";

    private SecurityHeaders() {}

    /** Puts them into the answer to this request; who answers may be more generous with Cache-Control. */
    static void put(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Security-Policy", PAGE_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Embedder-Policy", "require-corp")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                // Links are credentials, and nearly every answer has some, or says what there is.
                .putHeader("Cache-Control", "no-store");
        if (request.isSSL()) {
            response.putHeader("Strict-Transport-Security", THIRTY_DAYS);
        }
    }
}
