package io.mgnlbackup.verify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.format.FormatException;
import io.mgnlbackup.format.GzipReader;
import io.mgnlbackup.verify.Verdict.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** How it is written down what was verified: compressed JSON, a head and then an object a line (docs/format.md). */
final class VerifiedText {

    /** Objects that are remembered at most: about 20 MiB in memory, 4 MiB in the store. */
    static final int MOST = 100_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private VerifiedText() {}

    /**
     * All that is known.
     *
     * @param started when the last run began that came to its end
     * @param ended when it did
     */
    record Content(Instant started, Instant ended, List<Verified> objects) {}

    static byte[] write(String heritage, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            line(
                    out,
                    JSON.createObjectNode()
                            .put("format", 1)
                            .put("heritage", heritage)
                            .put("started_at", content.started().toString())
                            .put("ended_at", content.ended().toString()));
            for (Verified object : content.objects()) {
                ObjectNode node = JSON.createObjectNode()
                        .put("name", object.name())
                        .put("etag", object.etag())
                        .put("at", object.at().toString())
                        .put("state", object.state().text());
                line(out, object.reason().isEmpty() ? node : node.put("reason", object.reason()));
            }
        }
        return bytes.toByteArray();
    }

    private static void line(OutputStream out, ObjectNode node) throws IOException {
        out.write((node + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws FormatException when it is something else
     */
    static Content read(String heritage, String name, InputStream in) throws IOException {
        List<Verified> objects = new ArrayList<>();
        try (GzipReader text = new GzipReader(in, name);
                JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            ObjectNode head = JSON.readTree(parser);
            if (!head.path("heritage").asText().equals(heritage)) {
                throw new FormatException("'" + name + "' is of another heritage");
            }
            while (objects.size() < MOST && parser.nextToken() == JsonToken.START_OBJECT) {
                objects.add(verified(JSON.readTree(parser)));
            }
            return new Content(instant(head, "started_at"), instant(head, "ended_at"), objects);
        } catch (FormatException e) {
            throw e;
        } catch (RuntimeException | com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new FormatException("'" + name + "' cannot be understood: " + e.getMessage());
        }
    }

    private static Verified verified(ObjectNode node) {
        return new Verified(
                node.path("name").asText(),
                node.path("etag").asText(),
                instant(node, "at"),
                State.valueOf(node.path("state").asText().toUpperCase(Locale.ROOT)),
                node.path("reason").asText());
    }

    private static Instant instant(ObjectNode node, String field) throws DateTimeException {
        return Instant.parse(node.path(field).asText());
    }
}
