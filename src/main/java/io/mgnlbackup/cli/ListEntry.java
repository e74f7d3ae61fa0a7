package io.mgnlbackup.cli;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line of {@code list}.
 *
 * @param link downloads the object without credentials
 * @param size in bytes, as stored
 */
public record ListEntry(
        String link,
        String name,
        Instant lastModified,
        long size,
        boolean daily,
        boolean weekly,
        boolean monthly,
        Map<String, String> tags) {

    /** Copies the tags, in the order of their names. */
    public ListEntry {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
