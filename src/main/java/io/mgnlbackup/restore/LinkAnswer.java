package io.mgnlbackup.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.tls.TlsFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;

/** What a server answers to a link that it does not open. */
final class LinkAnswer {

    private static final int MOST_BODY_BYTES = 16 * 1024;

    private LinkAnswer() {}

    /** Throws when the answer will be the same at the next try. */
    static void check(String name, HttpURLConnection http, int status) {
        if (status == 401) {
            throw new Problem(
                    Problem.Kind.FAILED,
                    "cannot read '" + name + "': its link needs credentials, or other ones",
                    "put them into the link, as in http://name:token@host/");
        }
        if (status == 403 && error(http).contains("client certificate")) {
            TlsFailure wanted = TlsFailure.NO_CLIENT_CERTIFICATE;
            throw new Problem(Problem.Kind.FAILED, "cannot read '" + name + "': " + wanted.reason(), wanted.hint());
        }
        if (status >= 300 && status < 500 && status != 408 && status != 429) {
            throw new Problem(
                    Problem.Kind.FAILED,
                    "cannot read '" + name + "': its link answers " + status,
                    "links of a bundle are good for 7 days, and their objects may have been deleted: take a new bundle");
        }
    }

    /** What a sidecar says; empty where it is another server. */
    private static String error(HttpURLConnection http) {
        try (InputStream body = http.getErrorStream()) {
            return body == null
                    ? ""
                    : new ObjectMapper()
                            .readTree(body.readNBytes(MOST_BODY_BYTES))
                            .path("error")
                            .asText();
        } catch (IOException e) {
            return "";
        }
    }
}
