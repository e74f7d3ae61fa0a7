package io.mgnlbackup.process;

import java.util.Map;
import java.util.function.Function;

/**
 * Puts values in the place of {@code $NAME} and <code>$&#123;NAME&#125;</code>, as Go's {@code os.Expand} does.
 *
 * <p>A bare name is one of {@code * # $ @ ! ? -}, a digit, or as many ASCII letters, digits and underscores as follow. Between braces
 * anything is a name. A dollar that nothing of this follows stays; braces with nothing in them vanish with their dollar, and so do a
 * dollar and a brace that is never closed. A name without a value is replaced by nothing. Values are not expanded again.
 */
public final class Expansion {

    private static final String SPECIAL = "*#$@!?-0123456789";

    private final String text;
    private final Function<String, String> values;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private Expansion(String text, Function<String, String> values) {
        this.text = text;
        this.values = values;
    }

    /** Expands from a map; what is not in it is empty. */
    public static String expand(String text, Map<String, String> environment) {
        return expand(text, name -> environment.getOrDefault(name, ""));
    }

    /** Expands from a function, which gives the empty text for what it does not know. */
    public static String expand(String text, Function<String, String> values) {
        return new Expansion(text, values).run();
    }

    private String run() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '$' && at < text.length()) {
                variable();
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** What follows a dollar; there is at least one character. */
    private void variable() {
        char c = text.charAt(at);
        if (c == '{') {
            braces();
        } else if (isSpecial(c)) {
            put(at + 1);
        } else {
            bare();
        }
    }

    private void braces() {
        int start = ++at;
        int end = text.indexOf('}', start);
        if (end < 0) {
            return;
        }
        if (end > start) {
            put(end);
        }
        at = end + 1;
    }

    private void bare() {
        int end = at;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            out.append('$');
            return;
        }
        put(end);
    }

    private void put(int end) {
        out.append(values.apply(text.substring(at, end)));
        at = end;
    }

    private static boolean isSpecial(char c) {
        return SPECIAL.indexOf(c) >= 0;
    }

    private static boolean isNameCharacter(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
