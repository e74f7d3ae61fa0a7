package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON as commands print it. */
final class JsonText {

    private JsonText() {}

    /** An empty object. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array. */
    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** An object with these members. */
    static ObjectNode of(Map<String, String> members) {
        ObjectNode node = object();
        members.forEach(node::put);
        return node;
    }

    /** The text over several lines, with a line end. */
    static String pretty(JsonNode node) {
        return node.toPrettyString() + System.lineSeparator();
    }
}
