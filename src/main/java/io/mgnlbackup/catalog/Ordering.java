package io.mgnlbackup.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * In which order backups are shown.
 *
 * @param key a tag, or {@code name}, {@code size}, {@code last_modified}; empty for the ULID
 * @param descending largest first; entries that lack the key come last either way
 */
public record Ordering(Optional<String> key, boolean descending) {

    /** Sorts; entries that are alike stay in store order. */
    public List<CatalogEntry> sort(List<CatalogEntry> entries) {
        return entries.stream().sorted(comparator()).toList();
    }

    private Comparator<CatalogEntry> comparator() {
        String name = key.orElse(Catalog.ULID);
        return switch (name) {
            case "name" -> directed(Comparator.comparing(CatalogEntry::name));
            case "size" -> directed(Comparator.comparing(entry -> entry.object().size()));
            case "last_modified" ->
                directed(Comparator.comparing(entry -> entry.object().lastModified()));
            default -> byTag(entry -> entry.tags().get(name));
        };
    }

    private Comparator<CatalogEntry> byTag(Function<CatalogEntry, Optional<String>> tag) {
        Comparator<CatalogEntry> lackingLast =
                Comparator.comparing(entry -> tag.apply(entry).isEmpty());
        return lackingLast.thenComparing(
                directed(Comparator.comparing(entry -> tag.apply(entry).orElse(""))));
    }

    private Comparator<CatalogEntry> directed(Comparator<CatalogEntry> ascending) {
        return descending ? ascending.reversed() : ascending;
    }
}
