package io.mgnlbackup.query;

import com.google.re2j.Pattern;
import io.mgnlbackup.store.Tags;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What one tag must be like. A tag that is missing has the empty text as its value. */
public final class TagMatcher {

    /** Tags have few different values: the answers for so many are remembered, since expressions are slow to match. */
    private static final int REMEMBERED = 256;

    private final String name;
    private final Operator operator;
    private final String value;
    private final Optional<Pattern> expression;
    private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

    /** Throws {@link com.google.re2j.PatternSyntaxException} when the value has to be an expression and is none. */
    TagMatcher(String name, Operator operator, String value) {
        this.name = name;
        this.operator = operator;
        this.value = value;
        this.expression = operator.isExpression() ? Optional.of(Pattern.compile(value)) : Optional.empty();
    }

    /** The key of the tag. */
    public String name() {
        return name;
    }

    /** How it is compared. */
    public Operator operator() {
        return operator;
    }

    /** A text or a regular expression (RE2 syntax), without quotes and escapes. */
    public String value() {
        return value;
    }

    boolean matches(Tags tags) {
        String actual = tags.get(name).orElse("");
        boolean fits = expression.map(pattern -> fits(pattern, actual)).orElseGet(() -> value.equals(actual));
        return fits == operator.wantsFit();
    }

    private boolean fits(Pattern pattern, String actual) {
        Boolean known = answers.get(actual);
        if (known != null) {
            return known;
        }
        boolean fits = pattern.matcher(actual).matches();
        if (answers.size() < REMEMBERED) {
            answers.put(actual, fits);
        }
        return fits;
    }
}
