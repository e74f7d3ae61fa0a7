package io.mgnlbackup.store;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names and tags of objects, which anybody with rights on the bucket may choose. */
public final class StoreFuzz {

    private StoreFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("tags", StoreFuzz::tags, "tags-written", StoreFuzz::written, "object-key", StoreFuzz::key);
    }

    /** Read, written and read again they are the same; what is written is plain. */
    static void tags(byte[] input) {
        Tags tags;
        try {
            tags = Tags.decode(Fuzzed.text(input));
        } catch (IllegalArgumentException e) {
            return;
        }
        String encoded = tags.encode();
        require(encoded.matches("[A-Za-z0-9.*_+%&=-]*"), "plain", encoded);
        require(Tags.decode(encoded).equals(tags), "what is written is read", encoded, tags);
    }

    /** Tags of any keys and values. */
    static void written(byte[] input) {
        Map<String, String> values = new TreeMap<>();
        for (String line : Fuzzed.text(input).split("\n", -1)) {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                values.put(line.substring(0, blank), line.substring(blank + 1));
            }
        }
        Tags tags = Tags.of(values);
        require(Tags.decode(tags.encode()).equals(tags), "what is written is read", values);
        Map<String, String> metadata = tags.toMetadata("0".repeat(26));
        require(Tags.fromMetadata(metadata).equals(tags), "out of metadata, too", values);
    }

    /** A key is safe as a relative file name. */
    static void key(byte[] input) {
        String text = Fuzzed.text(input);
        ObjectKey key;
        try {
            key = new ObjectKey(text);
        } catch (IllegalArgumentException e) {
            require(ObjectKey.parse(text).isEmpty(), "both say no", text);
            return;
        }
        Path folder = Path.of("/folder");
        Path file = folder.resolve(key.value());
        require(file.startsWith(folder) && file.normalize().equals(file), "stays in the folder", file);
        require(!Fuzzed.hasControls(key.value()), "no control characters", text);
        require(List.of(text.split("/", -1)).contains(key.name()), "a name", key.name());
    }
}
