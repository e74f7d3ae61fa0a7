package io.mgnlbackup.store;

import java.time.Instant;
import java.util.Optional;

/**
 * An object that a store confirmed to hold.
 *
 * @param size in bytes, as stored
 * @param lastModified by the store's clock
 * @param etag whatever changes when the content changes; only compared, never parsed
 * @param tags empty when the answer did not carry them (S3 listings do not: ask {@link ObjectStore#head})
 */
public record StoredObject(ObjectKey key, long size, Instant lastModified, String etag, Optional<Tags> tags) {}
