package io.mgnlbackup.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON object with checked access to its fields: {@link IllegalArgumentException} names the field that is missing or of a wrong type. */
record Question(JsonNode json) {

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    String text(String field) {
        return text(field, json.path(field));
    }

    String text(String field, String absent) {
        return has(field) ? text(field) : absent;
    }

    int number(String field, int absent) {
        if (!has(field)) {
            return absent;
        }
        if (!json.path(field).canConvertToExactIntegral() || !json.path(field).canConvertToInt()) {
            throw wrong(field, "a whole number");
        }
        return json.path(field).intValue();
    }

    /** The texts of an object; none if the field is absent. */
    Map<String, String> texts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(field)) {
            if (!json.path(field).isObject()) {
                throw wrong(field, "an object");
            }
            json.path(field).properties().forEach(entry -> texts.put(entry.getKey(), text(field, entry.getValue())));
        }
        return texts;
    }

    /** The texts of an array. */
    List<String> list(String field) {
        if (!json.path(field).isArray()) {
            throw wrong(field, "an array");
        }
        List<String> texts = new ArrayList<>();
        json.path(field).forEach(item -> texts.add(text(field, item)));
        return texts;
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(field, "a text");
        }
        return value.textValue();
    }

    private static IllegalArgumentException wrong(String field, String expected) {
        return new IllegalArgumentException("field '" + field + "' is missing or wrong, expected " + expected);
    }
}
