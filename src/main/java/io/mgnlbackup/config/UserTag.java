package io.mgnlbackup.config;

import io.mgnlbackup.store.Tags;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tag that the user adds to every new object.
 *
 * @param name in lower case
 * @param origin the variable or flag that it was read from
 */
public record UserTag(String name, String value, String origin) {

    /** The tags as objects carry them. */
    static Tags tags(Collection<UserTag> tags) {
        Map<String, String> values = new TreeMap<>();
        tags.forEach(tag -> values.put(tag.name(), tag.value()));
        return Tags.of(values);
    }
}
