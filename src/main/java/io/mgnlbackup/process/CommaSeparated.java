package io.mgnlbackup.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one record of RFC 4180: fields with commas between them, an empty one counts; double quotes only around a whole field, doubled
 * inside. Single quotes and backslashes are ordinary.
 */
final class CommaSeparated {

    private final String text;
    private int at;

    CommaSeparated(String text) {
        this.text = text;
    }

    List<String> split() {
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < text.length()) {
            at++; // the comma
            fields.add(field());
        }
        return List.copyOf(fields);
    }

    /** Reads up to a comma or the end. */
    private String field() {
        return text.startsWith("\"", at) ? quoted() : bare();
    }

    private String bare() {
        int comma = text.indexOf(',', at);
        String field = text.substring(at, comma < 0 ? text.length() : comma);
        if (field.indexOf('"') >= 0) {
            throw new IllegalArgumentException(
                    "the arguments have a double quote inside a field that is not quoted as a whole");
        }
        at += field.length();
        return field;
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        for (at++; ; at++) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                throw new IllegalArgumentException("the arguments have an open double quote");
            }
            field.append(text, at, quote);
            at = quote + 1;
            if (!text.startsWith("\"", at)) {
                break;
            }
            field.append('"');
        }
        if (at < text.length() && text.charAt(at) != ',') {
            throw new IllegalArgumentException(
                    "the arguments have something between a closing double quote and the comma");
        }
        return field.toString();
    }
}
