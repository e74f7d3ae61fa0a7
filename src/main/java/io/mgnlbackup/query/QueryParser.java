package io.mgnlbackup.query;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Reads a query from left to right. Comments run from {@code #} to the end of the line, as in PromQL. */
final class QueryParser {

    private final String text;
    private int at;
    private long copies;

    QueryParser(String text) {
        this.text = text;
    }

    TagQuery parse() {
        skipBlanks();
        if (!take('{')) {
            throw wrong(isEnd() ? "it is empty, '{' is expected" : "'{' is expected");
        }
        List<TagMatcher> matchers = new ArrayList<>();
        skipBlanks();
        while (!take('}')) {
            matchers.add(matcher());
            skipBlanks();
            if (!take(',') && !isNext('}')) {
                throw wrong("',' or '}' is expected");
            }
            skipBlanks();
        }
        skipBlanks();
        if (!isEnd()) {
            throw wrong("nothing is expected after '}'");
        }
        return new TagQuery(matchers);
    }

    private TagMatcher matcher() {
        String name = name();
        skipBlanks();
        Operator operator = operator();
        skipBlanks();
        int start = at;
        QuotedText quoted = QuotedText.read(text, at);
        at = quoted.end();
        if (operator.isExpression()) {
            checkRepetitions(Repetitions.of(quoted.value()), start);
        }
        try {
            return new TagMatcher(name, operator, quoted.value());
        } catch (PatternSyntaxException e) {
            throw new QueryException(
                    "the regular expression is not valid, " + e.getDescription() + ",", position(start));
        }
    }

    private void checkRepetitions(Repetitions repetitions, int start) {
        copies += repetitions.copies();
        if (repetitions.deepest() > Repetitions.MAX_DEEPEST || copies > Repetitions.MAX_COPIES) {
            throw new QueryException(
                    "the regular expression repeats its parts more than %d times, or more than %d times in all,"
                            .formatted(Repetitions.MAX_DEEPEST, Repetitions.MAX_COPIES),
                    position(start));
        }
    }

    private String name() {
        int start = at;
        while (!isEnd() && isNameCharacter(text.charAt(at)) && !(at == start && isDigit(text.charAt(at)))) {
            at++;
        }
        if (at == start) {
            throw wrong("the name of a tag is expected");
        }
        return text.substring(start, at);
    }

    private Operator operator() {
        for (Operator operator : List.of(Operator.NOT_EQUAL, Operator.MATCH, Operator.NO_MATCH, Operator.EQUAL)) {
            if (text.startsWith(operator.text(), at)) {
                at += operator.text().length();
                return operator;
            }
        }
        throw wrong("one of = != =~ !~ is expected");
    }

    private void skipBlanks() {
        while (!isEnd()) {
            char c = text.charAt(at);
            if (c == '#') {
                skipLine();
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (!isEnd() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
    }

    private boolean take(char expected) {
        boolean found = isNext(expected);
        at += found ? 1 : 0;
        return found;
    }

    private boolean isNext(char expected) {
        return !isEnd() && text.charAt(at) == expected;
    }

    private boolean isEnd() {
        return at == text.length();
    }

    private static boolean isNameCharacter(char c) {
        return c == '_' || isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private QueryException wrong(String why) {
        return new QueryException(why, position(at));
    }

    private int position(int index) {
        return text.codePointCount(0, index) + 1;
    }
}
