package io.mgnlbackup.query;

import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Ordering;
import java.util.List;
import java.util.Optional;

/**
 * Which backups somebody wants to see, and in which order.
 *
 * @param ordering store order when there is none
 * @param limit how many at most; all when there is none
 */
public record Selection(TagQuery query, Optional<Ordering> ordering, Optional<Integer> limit) {

    /** The entries that are wanted, of all entries in store order. */
    public List<CatalogEntry> of(List<CatalogEntry> entries) {
        List<CatalogEntry> fitting =
                entries.stream().filter(entry -> query.matches(entry.tags())).toList();
        List<CatalogEntry> ordered = ordering.map(order -> order.sort(fitting)).orElse(fitting);
        return ordered.stream().limit(limit.orElse(Integer.MAX_VALUE)).toList();
    }
}
