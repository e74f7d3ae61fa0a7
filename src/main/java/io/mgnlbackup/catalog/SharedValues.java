package io.mgnlbackup.catalog;

import io.mgnlbackup.store.Tags;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of tags that many objects have, such as the heritage and the cluster, in memory once: an archive has tens of thousands of WAL files,
 * and two thirds of their tags are those of the file before. Safe for many threads.
 */
final class SharedValues {

    /** The one that was not asked for longest goes first: what only one object has goes soon. */
    static final int MOST_VALUES = 1_000;

    private final Map<String, String> values = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_VALUES;
        }
    };

    /** The same tags. */
    synchronized Tags share(Tags tags) {
        Map<String, String> shared = new TreeMap<>();
        tags.values().forEach((key, value) -> shared.put(key, values.computeIfAbsent(value, first -> first)));
        return Tags.of(shared);
    }
}
