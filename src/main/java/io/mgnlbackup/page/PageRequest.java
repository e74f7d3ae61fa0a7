package io.mgnlbackup.page;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Ordering;
import io.mgnlbackup.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What of the backups is to be shown.
 *
 * @param orderBy empty for the time at which backups began
 * @param dir empty for the newest, or largest, first
 * @param number counted from 1
 */
record PageRequest(String query, String orderBy, String dir, Optional<Integer> limit, int number) {

    static PageRequest of(Request request) {
        return new PageRequest(
                request.parameter("query").orElse(""),
                request.parameter("orderby").orElse(""),
                request.direction()
                        .map(descending -> descending ? "desc" : "asc")
                        .orElse(""),
                request.positive("limit"),
                request.positive("page").orElse(1));
    }

    String key() {
        return orderBy.isEmpty() ? Catalog.ULID : orderBy;
    }

    Ordering ordering() {
        return new Ordering(Optional.of(key()), !dir.equals("asc"));
    }

    /** In the order that was asked for: by default by the time, which also an entry without ULID has. */
    List<CatalogEntry> sorted(List<CatalogEntry> entries) {
        Comparator<CatalogEntry> byTime = Comparator.comparing(CatalogEntry::time);
        List<CatalogEntry> sorted = key().equals(Catalog.ULID)
                ? entries.stream()
                        .sorted(ordering().descending() ? byTime.reversed() : byTime)
                        .toList()
                : ordering().sort(entries);
        return sorted.stream().limit(limit.orElse(Integer.MAX_VALUE)).toList();
    }

    boolean isOrdered() {
        return !orderBy.isEmpty() || !dir.isEmpty();
    }

    PageRequest withNumber(int page) {
        return new PageRequest(query, orderBy, dir, limit, page);
    }

    /** By another column largest first; by the same one the other way round. */
    PageRequest sortedBy(String key) {
        boolean turn = key().equals(key) && ordering().descending();
        return new PageRequest(query, key, turn ? "asc" : "desc", limit, 1);
    }

    PageRequest filteredBy(String tag, String value) {
        String quoted = value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\ufffd", "\\ufffd"); // in a query it stands for bytes that are no text
        return new PageRequest("{" + tag + "=\"" + quoted + "\"}", orderBy, dir, limit, 1);
    }

    String link() {
        StringBuilder link = new StringBuilder("/list");
        add(link, "query", query);
        add(link, "orderby", orderBy);
        add(link, "dir", dir);
        add(link, "limit", limit.map(String::valueOf).orElse(""));
        add(link, "page", number == 1 ? "" : Integer.toString(number));
        return link.toString();
    }

    private static void add(StringBuilder link, String name, String value) {
        if (!value.isEmpty()) {
            link.append(link.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
