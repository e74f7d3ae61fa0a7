package io.mgnlbackup.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The half of a {@link GcsServer} that is not uploads: buckets, listings, facts, downloads, deletes. */
final class GcsBuckets {

    private static final Pattern PATH =
            Pattern.compile("(?:/download)?/storage/v1/b(?:/([^/]+)(?:/o(?:/([^/]+))?)?)?(/o)?");
    private static final Pattern OFFSET = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final int PAGE = 1000;

    private final GcsObjects objects;
    private final Set<String> undeletable = ConcurrentHashMap.newKeySet();
    private final Map<String, String> locations = new ConcurrentHashMap<>();

    GcsBuckets(GcsObjects objects) {
        this.objects = objects;
    }

    void handle(GcsCall call) throws IOException {
        Matcher path = PATH.matcher(call.path);
        if (!path.matches()) {
            call.error(404, "notFound", "no such path: " + call.path);
            return;
        }
        if (path.group(1) == null) {
            create(call);
            return;
        }
        String bucket = GcsCall.decodePath(path.group(1));
        if (!objects.hasBucket(bucket)) {
            call.error(404, "notFound", "The specified bucket does not exist.");
        } else if (path.group(2) != null) {
            object(call, bucket, GcsCall.decodePath(path.group(2)));
        } else if (call.path.endsWith("/o")) {
            list(call, bucket);
        } else {
            call.answer(200, GcsCall.JSON.createObjectNode().put("name", bucket));
        }
    }

    private void create(GcsCall call) throws IOException {
        ObjectNode wanted = call.json();
        if (!call.query.getOrDefault("project", "").equals(GcsServer.PROJECT)) {
            call.error(400, "invalid", "Unknown project id: " + call.query.get("project"));
        } else if (wanted.path("location").asText().isEmpty()) {
            call.error(400, "required", "a location is required");
        } else if (!objects.create(wanted.path("name").asText())) {
            call.error(409, "conflict", "Your previous request to create the named bucket succeeded");
        } else {
            String location = wanted.path("location").asText();
            locations.put(wanted.path("name").asText(), location);
            call.answer(200, wanted.put("kind", "storage#bucket").put("locationType", locationType(location)));
        }
    }

    /** Of the few locations that are no regions (Cloud Storage documentation, "Bucket locations"). */
    private static String locationType(String location) {
        return switch (location) {
            case "ASIA", "EU", "US" -> "multi-region";
            case "ASIA1", "EUR4", "EUR5", "EUR7", "EUR8", "NAM4" -> "dual-region";
            default -> "region";
        };
    }

    /** Where a client wanted a bucket to be made. */
    Optional<String> location(String bucket) {
        return Optional.ofNullable(locations.get(bucket));
    }

    private void list(GcsCall call, String bucket) throws IOException {
        int most = (int) Math.min(PAGE, call.number("maxResults").orElse((long) PAGE));
        String token = call.query.getOrDefault("pageToken", "");
        String after = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        List<GcsObjects.Stored> page = objects.list(bucket, call.query.getOrDefault("prefix", ""), after, most + 1);
        ObjectNode answer = GcsCall.JSON.createObjectNode().put("kind", "storage#objects");
        if (page.size() > most) {
            page = page.subList(0, most);
            byte[] last = page.get(most - 1).name().getBytes(StandardCharsets.UTF_8);
            answer.put("nextPageToken", Base64.getUrlEncoder().encodeToString(last));
        }
        if (!page.isEmpty()) {
            ArrayNode items = answer.putArray("items");
            page.forEach(object -> items.add(GcsServer.json(object)));
        }
        call.answer(200, answer);
    }

    private void object(GcsCall call, String bucket, String name) throws IOException {
        Optional<GcsObjects.Stored> found = objects.find(bucket, name)
                .filter(object -> call.number("generation").orElse(object.generation()) == object.generation());
        if (found.isEmpty()) {
            call.error(404, "notFound", "No such object: " + bucket + "/" + name);
        } else if (!objects.meets(bucket, name, new GcsObjects.Precondition(call.number("ifGenerationMatch")))) {
            call.error(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
        } else if (call.method.equals("DELETE")) {
            objects.delete(bucket, name);
            call.answer(204);
        } else if (call.query.getOrDefault("alt", "").equals("media")) {
            download(call, bucket, name);
        } else {
            call.answer(200, GcsServer.json(found.get()));
        }
    }

    /** Deletes the object that a path of the API names; answers the status. */
    int delete(String rawPath) {
        Matcher path = PATH.matcher(rawPath);
        if (!path.matches() || path.group(2) == null || !objects.hasBucket(GcsCall.decodePath(path.group(1)))) {
            return 404;
        }
        String name = GcsCall.decodePath(path.group(2));
        if (undeletable.contains(name)) {
            return 403;
        }
        return objects.delete(GcsCall.decodePath(path.group(1)), name) ? 204 : 404;
    }

    /** From now on, objects of this name cannot be deleted. */
    void lock(String name) {
        undeletable.add(name);
    }

    void download(GcsCall call, String bucket, String name) throws IOException {
        Optional<GcsObjects.Stored> found = objects.find(bucket, name);
        if (found.isEmpty()) {
            call.error(404, "notFound", "No such object: " + bucket + "/" + name);
            return;
        }
        GcsObjects.Stored object = found.get();
        Matcher range = OFFSET.matcher(call.header("Range").orElse("bytes=0-"));
        long from = range.matches() ? Long.parseLong(range.group(1)) : 0;
        if (from >= object.size() && call.header("Range").isPresent()) {
            call.error(416, "requestedRangeNotSatisfiable", "The requested range cannot be satisfied.");
            return;
        }
        long to =
                range.group(2).isEmpty() ? object.size() : Math.min(object.size(), Long.parseLong(range.group(2)) + 1);
        call.exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        call.exchange.getResponseHeaders().set("x-goog-generation", Long.toString(object.generation()));
        call.exchange.getResponseHeaders().set("x-goog-hash", "crc32c=" + object.crc32c());
        if (call.header("Range").isPresent()) {
            call.exchange
                    .getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + object.size());
        }
        call.exchange.sendResponseHeaders(call.header("Range").isPresent() ? 206 : 200, to == from ? -1 : to - from);
        try (InputStream in = Files.newInputStream(object.file())) {
            in.skipNBytes(from);
            long left = call.has(GcsFault.Kind.SHORT_DOWNLOAD) ? (to - from) / 2 : to - from;
            byte[] buffer = new byte[64 * 1024];
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                call.exchange.getResponseBody().write(buffer, 0, read);
                left -= read;
            }
            call.exchange.getResponseBody().flush();
        } finally {
            call.exchange.close();
        }
    }
}
