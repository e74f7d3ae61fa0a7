package io.mgnlbackup.query;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.store.Tags;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Queries, which anybody may send. */
public final class QueryFuzz {

    private QueryFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("query", QueryFuzz::query, "query-quoting", QueryFuzz::quoting);
    }

    /** A refusal points into the text; what is accepted means the same when it is written down again, and fits as a plain reading of it does. */
    static void query(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 2);
        Tags tags = Tags.of(Map.of("a", lines.get(0), "daily", "true"));
        TagQuery query;
        try {
            query = TagQuery.parse(lines.get(1));
        } catch (QueryException e) {
            int characters = lines.get(1).codePointCount(0, lines.get(1).length());
            require(e.position() >= 1 && e.position() <= characters + 1, "inside", lines.get(1), e.position());
            return;
        }
        boolean fits = query.matches(tags);
        require(query.matches(tags) == fits, "always the same answer", lines.get(1));
        require(TagQuery.parse(written(query)).matches(tags) == fits, "written down it means the same", lines.get(1));
        boolean naive = true;
        for (TagMatcher matcher : query.matchers()) {
            naive &= fits(matcher, tags.get(matcher.name()).orElse(""));
        }
        require(naive == fits, "both ways agree", lines.get(1), lines.get(0));
    }

    private static boolean fits(TagMatcher matcher, String value) {
        return switch (matcher.operator()) {
            case EQUAL -> value.equals(matcher.value());
            case NOT_EQUAL -> !value.equals(matcher.value());
            case MATCH -> com.google.re2j.Pattern.matches(matcher.value(), value);
            case NO_MATCH -> !com.google.re2j.Pattern.matches(matcher.value(), value);
        };
    }

    private static String written(TagQuery query) {
        return query.matchers().stream()
                .map(matcher -> matcher.name() + matcher.operator().text() + quoted(matcher.value()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ' || c == 0xFFFD) {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** A value in any quotes that fit it is read as itself. */
    static void quoting(byte[] input) {
        String value = Fuzzed.text(input);
        if (value.length() > TagQuery.MAX_LENGTH / 8) {
            return;
        }
        TagQuery query = TagQuery.parse("{a=" + quoted(value) + "}");
        require(query.matches(Tags.of(Map.of("a", value))), "a value is itself", value);
        if (!value.contains("`") && value.indexOf(0xFFFD) < 0) {
            TagQuery raw = TagQuery.parse("{a=`" + value + "`}");
            require(raw.matches(Tags.of(Map.of("a", value))), "a raw value is itself", value);
        }
    }
}
