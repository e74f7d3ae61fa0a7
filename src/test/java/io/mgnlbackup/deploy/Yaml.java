package io.mgnlbackup.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML files as trees, with anchors resolved; a key that stands there twice is an error. */
final class Yaml {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Yaml() {}

    /** The only document of a file. */
    static JsonNode read(Path file) {
        List<JsonNode> documents = readAll(file);
        if (documents.size() != 1) {
            throw new IllegalArgumentException(file + " has " + documents.size() + " documents");
        }
        return documents.get(0);
    }

    /** All documents of a file. */
    static List<JsonNode> readAll(Path file) {
        List<JsonNode> documents = new ArrayList<>();
        Load load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
        load.loadAllFromString(text(file)).forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    /** The text of a file. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows every object in a tree, at any depth, the tree included. */
    static void walk(JsonNode tree, Consumer<JsonNode> visitor) {
        if (tree.isObject()) {
            visitor.accept(tree);
        }
        tree.forEach(child -> walk(child, visitor));
    }
}
