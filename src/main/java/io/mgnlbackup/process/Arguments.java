package io.mgnlbackup.process;

import java.util.List;

/**
 * Splits the setting ARGS into arguments, without a shell.
 *
 * <p>There are two forms: words with blanks between them and the quoting of a POSIX shell ({@code -h db -c 'select 1'}), and, where no
 * blank stands outside quotes, one record of comma-separated values ({@code -h,localhost,-U,magnolia}). Blanks are space, tab, CR and
 * LF; those at both ends do not count. Nothing is expanded here.
 */
public final class Arguments {

    private Arguments() {}

    /** The arguments; none for a blank text. Throws {@link IllegalArgumentException}, which never holds the text: it may be a password. */
    public static List<String> split(String text) {
        String trimmed = trim(text);
        Separators outside = Separators.of(trimmed);
        if (!outside.blank() && outside.comma()) {
            return new CommaSeparated(trimmed).split();
        }
        return new ShellWords(trimmed).split();
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether there is a blank, or a comma, that no quote and no backslash protects. */
    private record Separators(boolean blank, boolean comma) {

        static Separators of(String text) {
            boolean blank = false;
            boolean comma = false;
            char quote = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && quote != '\'') {
                    i++;
                } else if (quote != 0) {
                    quote = c == quote ? 0 : quote;
                } else if (c == '"' || c == '\'') {
                    quote = c;
                } else {
                    blank |= isBlank(c);
                    comma |= c == ',';
                }
            }
            return new Separators(blank, comma);
        }
    }
}
