package io.mgnlbackup.query;

import io.mgnlbackup.store.Tags;
import java.util.List;

/**
 * A choice of backups: all of the matchers have to fit.
 *
 * <p>The syntax is that of the label matchers of PromQL ({@code {a="x",b!="y",c=~"re",d!~"re"}}; Prometheus documentation, "Time series
 * selectors"). Expressions are RE2's, match the whole value, and take time linear in its length whatever they are.
 *
 * @param matchers in the order of the query; none fits everything
 */
public record TagQuery(List<TagMatcher> matchers) {

    /** The longest query that is read, in characters. */
    public static final int MAX_LENGTH = 8192;

    /** Fits everything. */
    public static final TagQuery ALL = new TagQuery(List.of());

    /** Copies the list. */
    public TagQuery {
        matchers = List.copyOf(matchers);
    }

    /**
     * Reads a query.
     *
     * @throws QueryException saying what is wrong, and where
     */
    public static TagQuery parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new QueryException("it has more than " + MAX_LENGTH + " characters", MAX_LENGTH + 1);
        }
        return new QueryParser(text).parse();
    }

    /** Whether all matchers fit. */
    public boolean matches(Tags tags) {
        for (TagMatcher matcher : matchers) {
            if (!matcher.matches(tags)) {
                return false;
            }
        }
        return true;
    }
}
