package io.mgnlbackup.query;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A text in quotes, with the escapes of Go (The Go Programming Language Specification, "String literals"): between {@code "} or {@code '}
 * with escapes and on one line, or between backquotes just as it is.
 *
 * @param value what it stands for; bytes that are no UTF-8 are replaced
 * @param end the index behind the closing quote
 */
record QuotedText(String value, int end) {

    /** Reads the text that starts at an index of a query. */
    static QuotedText read(String query, int start) {
        if (start == query.length() || "\"'`".indexOf(query.charAt(start)) < 0) {
            throw wrong(query, "a value in quotes is expected", start);
        }
        return new Reader(query, start).read();
    }

    private static QueryException wrong(String query, String why, int index) {
        return new QueryException(why, query.codePointCount(0, Math.min(index, query.length())) + 1);
    }

    /** Collects bytes, since an escape may be a part of a character. */
    private static final class Reader {

        private static final String SIMPLE = "abfnrtv\\";
        private static final String SIMPLE_VALUES = "\u0007\b\f\n\r\t\u000b\\";

        private final String query;
        private final char quote;
        private final int start;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int at;

        Reader(String query, int start) {
            this.query = query;
            this.start = start;
            this.quote = query.charAt(start);
            this.at = start + 1;
        }

        QuotedText read() {
            while (true) {
                if (at == query.length() || (query.charAt(at) == '\n' && quote != '`')) {
                    throw wrong(query, "the quote is not closed that opens", start);
                }
                int c = query.codePointAt(at);
                if (c == quote) {
                    return new QuotedText(bytes.toString(StandardCharsets.UTF_8), at + 1);
                }
                if (c == '\\' && quote != '`') {
                    escape();
                } else {
                    character(c);
                }
            }
        }

        private void character(int c) {
            if (c == 0xFFFD || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw wrong(query, "there is something that is no UTF-8", at);
            }
            write(c);
            at += Character.charCount(c);
        }

        private void escape() {
            int first = at;
            char kind = at + 1 < query.length() ? query.charAt(at + 1) : 0;
            at += 2;
            int simple = SIMPLE.indexOf(kind);
            if (kind == quote) {
                bytes.write(kind);
            } else if (simple >= 0) {
                bytes.write(SIMPLE_VALUES.charAt(simple));
            } else if (kind >= '0' && kind <= '7') {
                at--;
                bytes.write(number(first, 3, 8, 255));
            } else {
                switch (kind) {
                    case 'x' -> bytes.write(number(first, 2, 16, 255));
                    case 'u' -> write(number(first, 4, 16, Character.MAX_CODE_POINT));
                    case 'U' -> write(number(first, 8, 16, Character.MAX_CODE_POINT));
                    default ->
                        throw wrong(
                                query,
                                "a backslash is followed by what is no escape (a backslash itself is written \\\\)",
                                first);
                }
            }
        }

        private int number(int first, int digits, int base, int max) {
            long number = 0;
            for (int i = 0; i < digits; i++, at++) {
                int digit =
                        at < query.length() && query.charAt(at) < 128 ? Character.digit(query.charAt(at), base) : -1;
                if (digit < 0) {
                    throw wrong(query, "the escape needs " + digits + " digits that starts", first);
                }
                number = number * base + digit;
            }
            boolean surrogate = number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
            if (number > max || surrogate) {
                throw wrong(query, "the escape is no character that starts", first);
            }
            return (int) number;
        }

        private void write(int c) {
            bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        }
    }
}
