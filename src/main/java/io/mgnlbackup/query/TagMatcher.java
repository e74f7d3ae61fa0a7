package io.mgnlbackup.query;

import com.google.re2j.Pattern;
import io.mgnlbackup.store.Tags;
import java.util.Optional;

/** What one tag must be like. A tag that is missing has the empty text as its value. */
public final class TagMatcher {

    private final String name;
    private final Operator operator;
    private final String value;
    private final Optional<Pattern> expression;

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
        boolean fits =
                expression.map(pattern -> pattern.matcher(actual).matches()).orElseGet(() -> value.equals(actual));
        return fits == operator.wantsFit();
    }
}
