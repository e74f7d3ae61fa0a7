package io.mgnlbackup.store;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tags of an object: keys and values, in the order of the keys.
 *
 * <p>In a store they are one user metadata entry, {@value #METADATA_KEY}, form-encoded (docs/format.md): stores spoil underscores in
 * metadata keys and characters outside ASCII in values. Objects written by the program that this one replaces have a metadata entry a tag.
 */
public record Tags(SortedMap<String, String> values) {

    /** The user metadata entry that holds all tags ({@code x-amz-meta-mgnlbackup-tags} in S3). */
    public static final String METADATA_KEY = "mgnlbackup-tags";

    /** The user metadata entry that says which upload made the object, 26 characters; not a tag. */
    public static final String UPLOAD_KEY = "mgnlbackup-upload";

    /**
     * Most bytes that the encoded tags may have: S3 allows 2 KiB of user metadata, both entries' keys and the upload's value included, and
     * some stores count {@code x-amz-meta-} with each key.
     */
    public static final int MAX_ENCODED_BYTES =
            2048 - METADATA_KEY.length() - UPLOAD_KEY.length() - 26 - 2 * "x-amz-meta-".length();

    /** No tags at all. */
    public static final Tags NONE = of(Map.of());

    /** Copies the map. */
    public Tags {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Tags with these keys and values. */
    public static Tags of(Map<String, String> values) {
        return new Tags(new TreeMap<>(values));
    }

    /** Reads the tags from all user metadata of an object: the entry of ours if there is one, else each entry as a tag. */
    public static Tags fromMetadata(Map<String, String> metadata) {
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(METADATA_KEY)) {
                return decode(entry.getValue());
            }
        }
        Map<String, String> tags = new TreeMap<>();
        metadata.forEach((key, value) -> tags.put(key.toLowerCase(java.util.Locale.ROOT), value));
        tags.remove(UPLOAD_KEY);
        return of(tags);
    }

    /**
     * The user metadata that an object with these tags is stored with.
     *
     * @param upload 26 characters, unique to the upload that makes the object
     */
    public Map<String, String> toMetadata(String upload) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(UPLOAD_KEY, upload);
        if (!values.isEmpty()) {
            metadata.put(METADATA_KEY, encode());
        }
        return metadata;
    }

    /** Whether an object with this user metadata was made by the upload of that name. */
    public static boolean isOfUpload(Map<String, String> metadata, String upload) {
        return metadata.entrySet().stream()
                .anyMatch(entry -> entry.getKey().equalsIgnoreCase(UPLOAD_KEY)
                        && entry.getValue().equals(upload));
    }

    /** Reads what {@link #encode} wrote; a part without {@code =} is a key with an empty value. */
    public static Tags decode(String encoded) {
        SortedMap<String, String> tags = new TreeMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!key.isEmpty()) {
                tags.put(
                        URLDecoder.decode(key, StandardCharsets.UTF_8).intern(), // the same few in tens of thousands
                        equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return new Tags(tags);
    }

    /** The tags form-encoded in the order of their keys, plain ASCII. */
    public String encode() {
        return values.entrySet().stream()
                .map(tag -> URLEncoder.encode(tag.getKey(), StandardCharsets.UTF_8)
                        + "="
                        + URLEncoder.encode(tag.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The value of a tag. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** These tags and one more, or one with another value; the very same if it has that value already. */
    public Tags with(String key, String value) {
        if (value.equals(values.get(key))) {
            return this;
        }
        SortedMap<String, String> more = new TreeMap<>(values);
        more.put(key, value);
        return new Tags(more);
    }
}
