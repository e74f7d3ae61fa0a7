package io.mgnlbackup.catalog;

import io.mgnlbackup.store.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the catalog saw at one time, in store order.
 *
 * @param unfinished base backups without a meta object: they do not count, and are not shown
 * @param unreadable names of objects that could not be asked for their tags, so nobody knows whether they are ours
 */
public record Listing(
        List<CatalogEntry> entries, List<CatalogEntry> unfinished, List<String> unreadable, Instant asOf) {

    /** Copies the lists. */
    public Listing {
        entries = List.copyOf(entries);
        unfinished = List.copyOf(unfinished);
        unreadable = List.copyOf(unreadable);
    }

    /** The same with one more entry, or a new one in its place, at its place in store order. */
    Listing with(CatalogEntry entry) {
        List<CatalogEntry> more = new ArrayList<>(entries);
        int place = Collections.binarySearch(
                more, entry, Comparator.comparing(there -> there.object().key()));
        if (place >= 0) {
            more.set(place, entry);
        } else {
            more.add(-place - 1, entry);
        }
        return new Listing(more, unfinished, unreadable, asOf);
    }

    /** Every object of ours, unfinished ones as well, in store order. */
    List<StoredObject> objects() {
        return Stream.concat(entries.stream(), unfinished.stream())
                .map(CatalogEntry::object)
                .sorted(Comparator.comparing(StoredObject::key))
                .toList();
    }

    /** The same with some entries only. */
    public Listing onlyOf(Predicate<CatalogEntry> wanted) {
        return new Listing(
                entries.stream().filter(wanted).toList(),
                unfinished.stream().filter(wanted).toList(),
                unreadable,
                asOf);
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
