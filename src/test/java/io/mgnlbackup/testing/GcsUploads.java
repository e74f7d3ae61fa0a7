package io.mgnlbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The upload half of a {@link GcsServer} (Cloud Storage documentation, "Perform resumable uploads", "Single-request uploads"). */
final class GcsUploads {

    private static final int UNIT = 256 * 1024;
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(?:(\\d+)|\\*)");
    private static final int CLIENT_CLOSED = 499;

    private final GcsObjects objects;
    private final URI endpoint;

    GcsUploads(GcsObjects objects, URI endpoint) {
        this.objects = objects;
        this.endpoint = endpoint;
    }

    void handle(GcsCall call, String bucket) throws IOException {
        if (call.query.containsKey("upload_id")) {
            proceed(call);
        } else if (!call.method.equals("POST")) {
            call.error(400, "badRequest", "an upload begins with POST");
        } else if (!objects.hasBucket(bucket)) {
            call.error(404, "notFound", "The specified bucket does not exist.");
        } else if (call.query.getOrDefault("uploadType", "").equals("resumable")) {
            begin(call, bucket);
        } else if (call.query.getOrDefault("uploadType", "").equals("multipart")) {
            atOnce(call, bucket);
        } else {
            call.error(400, "badRequest", "no such uploadType");
        }
    }

    private static GcsObjects.Precondition precondition(GcsCall call) {
        return new GcsObjects.Precondition(call.number("ifGenerationMatch"));
    }

    private static Map<String, String> metadata(ObjectNode json) {
        Map<String, String> metadata = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.path("metadata").properties()) {
            metadata.put(entry.getKey(), entry.getValue().asText());
        }
        return metadata;
    }

    private static String name(GcsCall call, ObjectNode json) {
        return call.query.getOrDefault("name", json.path("name").asText());
    }

    private void begin(GcsCall call, String bucket) throws IOException {
        ObjectNode json = call.json();
        String name = name(call, json);
        if (!objects.meets(bucket, name, precondition(call))) {
            preconditionFailed(call);
            return;
        }
        GcsObjects.Session session = objects.begin(bucket, name, metadata(json), precondition(call));
        call.exchange
                .getResponseHeaders()
                .set("Location", endpoint + call.path + "?uploadType=resumable&upload_id=" + session.id);
        call.answer(200);
    }

    private static void preconditionFailed(GcsCall call) throws IOException {
        call.error(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }

    /** One request of two parts, the metadata and the bytes (RFC 2387); small, so in memory. */
    private void atOnce(GcsCall call, String bucket) throws IOException {
        String boundary = call.header("Content-Type").orElse("").replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
        if (call.has(GcsFault.Kind.CUT_MID_BODY)) {
            call.exchange.getRequestBody().readNBytes(10);
            call.exchange.close();
            return;
        }
        String body = new String(call.body(), StandardCharsets.ISO_8859_1);
        String[] parts = body.split("\r\n--" + Pattern.quote(boundary) + "|^--" + Pattern.quote(boundary), -1);
        ObjectNode json = (ObjectNode) GcsCall.JSON.readTree(content(parts[1]).getBytes(StandardCharsets.ISO_8859_1));
        String name = name(call, json);
        GcsObjects.Session session = objects.begin(bucket, name, metadata(json), precondition(call));
        byte[] bytes = content(parts[2]).getBytes(StandardCharsets.ISO_8859_1);
        session.append(new ByteArrayInputStream(bytes), Long.MAX_VALUE);
        Optional<GcsObjects.Stored> stored = objects.finish(session);
        if (stored.isEmpty()) {
            objects.cancel(session);
            preconditionFailed(call);
            return;
        }
        String crc = json.path("crc32c").asText(stored.get().crc32c());
        if (!crc.equals(stored.get().crc32c())) {
            objects.delete(bucket, name);
            call.error(400, "invalid", "Provided CRC32C doesn't match calculated CRC32C.");
            return;
        }
        call.answer(200, GcsServer.json(stored.get()));
    }

    private static String content(String part) {
        return part.substring(part.indexOf("\r\n\r\n") + 4);
    }

    private void proceed(GcsCall call) throws IOException {
        Optional<GcsObjects.Session> known = objects.session(call.query.getOrDefault("upload_id", ""));
        if (known.isEmpty()) {
            call.error(404, "notFound", "Upload ID not found.");
            return;
        }
        GcsObjects.Session session = known.get();
        if (session.finished.isPresent()) {
            call.answer(200, GcsServer.json(session.finished.get()));
            return;
        }
        if (call.method.equals("DELETE")) {
            objects.cancel(session);
            call.answer(CLIENT_CLOSED);
            return;
        }
        Matcher range = RANGE.matcher(call.header("Content-Range").orElse(""));
        if (!call.method.equals("PUT") || !range.matches()) {
            call.error(400, "badRequest", "a chunk is a PUT with a Content-Range");
            return;
        }
        Optional<Long> total = Optional.ofNullable(range.group(3)).map(Long::parseLong);
        if (range.group(1) == null) {
            ended(call, session, total);
            return;
        }
        chunk(call, session, Long.parseLong(range.group(1)), Long.parseLong(range.group(2)) + 1, total);
    }

    private void chunk(GcsCall call, GcsObjects.Session session, long from, long to, Optional<Long> total)
            throws IOException {
        if (from > session.size) {
            call.exchange.getResponseHeaders().set("Content-Type", "text/plain");
            call.error(503, "backendError", "the content-range begins at " + from + ", past " + session.size);
            return;
        }
        if (total.isEmpty() && (to - from) % UNIT != 0) {
            call.error(400, "badRequest", "a chunk has a multiple of 256 KiB, not " + (to - from) + " bytes");
            return;
        }
        if (total.isPresent() && total.get() != to) {
            call.error(400, "badRequest", "the last chunk does not reach the end");
            return;
        }
        InputStream body = call.exchange.getRequestBody();
        drop(body, session.size - from); // what the server has already
        long half = (to - session.size) / 2 / UNIT * UNIT;
        if (call.has(GcsFault.Kind.CUT_MID_BODY)) {
            session.append(body, half);
            call.exchange.close();
            return;
        }
        if (call.has(GcsFault.Kind.HALF_TAKEN)) {
            session.append(body, half);
            incomplete(call, session.size);
            return;
        }
        take(call, session, body, to);
        ended(call, session, total);
    }

    /** Reads and forgets: the JDK's server miscounts what is skipped. */
    private static void drop(InputStream body, long bytes) throws IOException {
        for (long left = bytes; left > 0; left--) {
            if (body.read() < 0) {
                return;
            }
        }
    }

    private static void take(GcsCall call, GcsObjects.Session session, InputStream body, long to) throws IOException {
        if (call.has(GcsFault.Kind.SHORT_OBJECT)) {
            return;
        }
        if (call.has(GcsFault.Kind.CHANGED_BYTES)) {
            drop(body, 1);
            session.append(new ByteArrayInputStream(new byte[] {0x55}), 1);
        }
        session.append(body, to - session.size);
    }

    private void ended(GcsCall call, GcsObjects.Session session, Optional<Long> total) throws IOException {
        if (total.isEmpty() || (total.get() != session.size && !call.has(GcsFault.Kind.SHORT_OBJECT))) {
            incomplete(call, session.size);
            return;
        }
        Optional<GcsObjects.Stored> stored = objects.finish(session);
        if (stored.isEmpty()) {
            preconditionFailed(call);
            return;
        }
        call.answer(200, GcsServer.json(stored.get()));
    }

    private static void incomplete(GcsCall call, long size) throws IOException {
        long says = size;
        if (call.has(GcsFault.Kind.RANGE_MISSING)) {
            says = 0;
        } else if (call.has(GcsFault.Kind.RANGE_TOO_LARGE)) {
            says = size + UNIT;
        } else if (call.has(GcsFault.Kind.RANGE_GOES_BACK)) {
            says = UNIT;
        }
        if (says > 0) {
            call.exchange.getResponseHeaders().set("Range", "bytes=0-" + (says - 1));
        }
        call.answer(308);
    }
}
