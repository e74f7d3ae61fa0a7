package io.mgnlbackup.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of a listing, at most {@value #MAX_OBJECTS} objects in the order of their keys.
 *
 * @param nextToken asks for the next page; empty when this was the last
 */
public record ListPage(List<StoredObject> objects, Optional<String> nextToken) {

    /** What S3 puts on a page at most. */
    public static final int MAX_OBJECTS = 1000;

    /** Copies the list. */
    public ListPage {
        objects = List.copyOf(objects);
    }
}
