package io.mgnlbackup.query;

/** How a matcher compares. */
public enum Operator {
    /** The tag has this value. */
    EQUAL("="),
    /** The tag has another value. */
    NOT_EQUAL("!="),
    /** The whole value of the tag matches the expression. */
    MATCH("=~"),
    /** It does not. */
    NO_MATCH("!~");

    private final String text;

    Operator(String text) {
        this.text = text;
    }

    /** As it is written in a query. */
    public String text() {
        return text;
    }

    /** Whether the value is a regular expression. */
    boolean isExpression() {
        return this == MATCH || this == NO_MATCH;
    }

    /** Whether a tag that fits the value is wanted. */
    boolean wantsFit() {
        return this == EQUAL || this == MATCH;
    }
}
