package io.mgnlbackup.catalog;

import java.time.Instant;
import java.util.List;

/**
 * What the catalog saw at one time, in store order.
 *
 * @param unreadable names of objects that could not be asked for their tags, so nobody knows whether they are ours
 */
public record Listing(List<CatalogEntry> entries, List<String> unreadable, Instant asOf) {

    /** Copies the lists. */
    public Listing {
        entries = List.copyOf(entries);
        unreadable = List.copyOf(unreadable);
    }

    /** Bytes of all entries in the store. */
    public long bytes() {
        return entries.stream().mapToLong(entry -> entry.object().size()).sum();
    }

    /** How many entries carry a tag that says {@code true}. */
    public long count(String tag) {
        return entries.stream().filter(entry -> entry.is(tag)).count();
    }
}
