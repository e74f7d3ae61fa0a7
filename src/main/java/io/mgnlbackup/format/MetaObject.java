package io.mgnlbackup.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.catalog.ArchiveTags;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The object that says what a base backup is: compressed JSON whose facts stand in its tags too. */
public final class MetaObject {

    /** It is a few kilobytes. */
    private static final int MOST_BYTES = 4 << 20;

    /** What is compared, by its name in the JSON. */
    private static final Map<String, String> TAGS =
            Map.of("base_backup", ArchiveTags.PARENT, "sha256", ArchiveTags.SHA256, "start_wal", ArchiveTags.FIRST);

    private static final ObjectMapper JSON = new ObjectMapper();

    private MetaObject() {}

    /**
     * Reads it to its end and compares it with its tags.
     *
     * @param tag the value of a tag
     * @return whether a seal proves it
     * @throws FormatException when it is damaged or contradicts its tags
     */
    public static boolean read(InputStream in, Expected expected, Function<String, Optional<String>> tag)
            throws IOException {
        GzipReader reader = new GzipReader(in, expected.name());
        byte[] text = reader.readNBytes(MOST_BYTES);
        reader.transferTo(OutputStream.nullOutputStream());
        boolean proven = reader.isProven(expected);
        JsonNode json = json(expected.name(), text);
        for (Map.Entry<String, String> fact : TAGS.entrySet()) {
            String found = json.path(fact.getKey()).asText();
            Optional<String> tagged = tag.apply(fact.getValue()).filter(value -> !value.equals(found));
            if (tagged.isPresent()) {
                throw new FormatException("'" + expected.name() + "' contradicts its tags: '" + fact.getKey() + "' is '"
                        + found + "' and not '" + tagged.get() + "'");
            }
        }
        return proven;
    }

    private static JsonNode json(String name, byte[] text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (IOException e) { // from memory: bytes that are no text in any encoding
            throw new FormatException("'" + name + "' is damaged: it is no JSON");
        }
    }
}
