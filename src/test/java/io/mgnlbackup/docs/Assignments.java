package io.mgnlbackup.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables as pages show them: {@code NAME=value}, with quotes or a comment, or {@code NAME: value} in YAML. */
final class Assignments {

    static final Pattern LINE = Pattern.compile("\\s*([A-Z][A-Z0-9_]*)=('[^']*'|\"[^\"]*\"|[^\\s'\"]*)(?:\\s+#.*)?");

    private static final Pattern YAML = Pattern.compile("\\s*-?\\s*([A-Z][A-Z0-9_]*): (\"[^\"]*\"|.*?)(?:\\s+#.*)?");

    /** A container in Kubernetes says it in two lines. */
    private static final Pattern PAIR =
            Pattern.compile("name: ([A-Z][A-Z0-9_]*)\\s*\\n?\\s*,?\\s*value: *(\"[^\"]*\"|[^\\n}]*)");

    private Assignments() {}

    /** What a block of settings sets. */
    static Map<String, String> ofShell(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(match -> put(values, match));
        return values;
    }

    /** The variables that a compose file or a manifest sets. */
    static Map<String, String> ofYaml(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().map(YAML::matcher).filter(Matcher::matches).forEach(match -> put(values, match));
        PAIR.matcher(text)
                .results()
                .forEach(match ->
                        values.put(match.group(1), unquoted(match.group(2).strip())));
        return values;
    }

    private static void put(Map<String, String> values, Matcher match) {
        values.put(match.group(1), unquoted(match.group(2)));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.startsWith("'") || value.startsWith("\""))
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
