package io.mgnlbackup.catalog;

import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.time.Instant;

/**
 * An object of ours in the store.
 *
 * @param tags what the object carries, with the interval tags as they follow from the whole listing
 * @param time when the backup started, by the object's own facts: ULID, else name, else the store's clock
 */
public record CatalogEntry(StoredObject object, Tags tags, Instant time) {

    /** The object's name. */
    public String name() {
        return object.key().value();
    }

    /** Whether a tag says {@code true}. */
    public boolean is(String tag) {
        return tags.get(tag).filter("true"::equals).isPresent();
    }
}
