package io.mgnlbackup.format;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.mgnlbackup.catalog.CatalogEntry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as JSON: what {@code /bundle?mode=restore} answers and {@code boot} reads (docs/format.md).
 *
 * @param backupList the objects: the base backup, its meta object, the archived files
 * @param pointInTime the instant that was asked for, RFC 3339
 * @param timeline on which recovery ends; 0 when the writer did not know of timelines
 * @param targetTime where recovery has to stop, RFC 3339; null when it goes on to the end of the WAL
 */
@JsonPropertyOrder({"backup_list", "point_in_time", "timeline", "target_time"})
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record BundleDocument(
        @JsonProperty("backup_list") List<Item> backupList,
        @JsonProperty("point_in_time") String pointInTime,
        long timeline,
        @JsonProperty("target_time") @Nullable String targetTime) {

    /** Copies the list. */
    public BundleDocument {
        backupList = List.copyOf(backupList);
    }

    /**
     * An object.
     *
     * @param link downloads it without credentials, for some time
     * @param lastModified RFC 3339
     * @param size in bytes, as stored
     */
    @JsonPropertyOrder({"link", "name", "last_modified", "size", "tags"})
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Item(
            String link,
            String name,
            @JsonProperty("last_modified") String lastModified,
            long size,
            Map<String, String> tags) {

        /** Checks what is needed to read the object, and takes no tags for none of them. */
        public Item {
            Objects.requireNonNull(link, "link");
            Objects.requireNonNull(name, "name");
            tags = Map.copyOf(Objects.requireNonNullElse(tags, Map.of()));
        }

        /** An entry of the catalog with its link. */
        public static Item of(CatalogEntry entry, URI link) {
            return new Item(
                    link.toString(),
                    entry.name(),
                    entry.object().lastModified().toString(),
                    entry.object().size(),
                    entry.tags().values());
        }

        /** A tag. */
        public Optional<String> tag(String name) {
            return Optional.ofNullable(tags.get(name));
        }
    }
}
