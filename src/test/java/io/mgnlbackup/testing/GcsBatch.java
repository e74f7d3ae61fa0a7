package io.mgnlbackup.testing;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many deletes in one request of a {@link GcsServer} (Cloud Storage documentation, "Batch requests"); at most 100. */
final class GcsBatch {

    private static final Pattern DELETE = Pattern.compile("DELETE (\\S+) HTTP/1\\.1\r\n((?:[^\r\n]+\r\n)*)");
    private static final Pattern AUTHORIZATION = Pattern.compile("(?im)^authorization: (.*)$");
    private static final int MOST = 100;

    private final GcsBuckets buckets;
    private final GcsIdentity identity;

    GcsBatch(GcsBuckets buckets, GcsIdentity identity) {
        this.identity = identity;
        this.buckets = buckets;
    }

    /** Each call shows its own token, and the request around them none. */
    private int status(String uri, String headers) {
        Matcher authorization = AUTHORIZATION.matcher(headers);
        return authorization.find() && identity.knows(authorization.group(1).strip())
                ? buckets.delete(URI.create(uri).getRawPath())
                : 401;
    }

    void handle(GcsCall call) throws IOException {
        String body = new String(call.body(), StandardCharsets.UTF_8);
        StringBuilder answer = new StringBuilder();
        Matcher delete = DELETE.matcher(body);
        int number = 0;
        while (delete.find()) {
            number++;
            int status = status(delete.group(1), delete.group(2));
            String json = status == 204
                    ? ""
                    : "{\"error\":{\"code\":%d,\"message\":\"as an example\",\"errors\":[{\"reason\":\"%s\"}]}}"
                            .formatted(status, GcsServer.reason(status));
            answer.append("--batch_x\r\nContent-Type: application/http\r\nContent-ID: <response-")
                    .append(number)
                    .append(">\r\n\r\nHTTP/1.1 ")
                    .append(status)
                    .append(" X\r\nContent-Type: application/json\r\nContent-Length: ")
                    .append(json.length())
                    .append("\r\n\r\n")
                    .append(json)
                    .append("\r\n");
        }
        if (number > MOST) {
            call.error(400, "badRequest", "a batch has " + MOST + " calls at most");
            return;
        }
        byte[] bytes = answer.append("--batch_x--\r\n").toString().getBytes(StandardCharsets.UTF_8);
        Headers headers = call.exchange.getResponseHeaders();
        headers.set("Content-Type", "multipart/mixed; boundary=batch_x");
        call.exchange.sendResponseHeaders(200, bytes.length);
        call.exchange.getResponseBody().write(bytes);
        call.exchange.close();
    }
}
