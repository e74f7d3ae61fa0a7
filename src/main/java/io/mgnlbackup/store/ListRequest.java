package io.mgnlbackup.store;

import java.util.Optional;

/**
 * Asks for a page of a listing.
 *
 * @param prefix only keys that start with it; empty for all
 * @param token from the page before; empty for the first
 */
public record ListRequest(String prefix, Optional<String> token) {

    /** Asks for the first page. */
    public static ListRequest first(String prefix) {
        return new ListRequest(prefix, Optional.empty());
    }

    /** Asks for the page after one that had this token. */
    public ListRequest next(String nextToken) {
        return new ListRequest(prefix, Optional.of(nextToken));
    }
}
