package io.mgnlbackup.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.mgnlbackup.catalog.CatalogEntry;
import java.net.URI;
import java.util.Map;

/**
 * An entry of {@code /list}.
 *
 * @param link downloads the object without credentials, for some time
 * @param lastModified RFC 3339
 * @param size in bytes
 */
@JsonPropertyOrder({"link", "name", "last_modified", "size", "daily", "weekly", "monthly", "tags"})
public record BackupEntry(
        String link,
        String name,
        @JsonProperty("last_modified") String lastModified,
        long size,
        boolean daily,
        boolean weekly,
        boolean monthly,
        Map<String, String> tags) {

    /** An entry of the catalog with its link. */
    public static BackupEntry of(CatalogEntry entry, URI link) {
        return new BackupEntry(
                link.toString(),
                entry.name(),
                entry.object().lastModified().toString(),
                entry.object().size(),
                entry.is("daily"),
                entry.is("weekly"),
                entry.is("monthly"),
                entry.tags().values());
    }
}
