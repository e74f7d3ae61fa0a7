package io.mgnlbackup.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of an object in a store: segments separated by {@code /}, never empty, never {@code .} or {@code ..}, without control
 * characters, at most 1024 bytes of UTF-8 (Amazon S3 User Guide, "Creating object key names"). A key is safe as a relative file name.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

    private static final int MAX_BYTES = 1024;

    /** Checks the shape; throws {@link IllegalArgumentException} saying what is wrong. */
    public ObjectKey {
        if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("an object name has 1 to " + MAX_BYTES + " bytes");
        }
        if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
            throw new IllegalArgumentException("an object name has no control characters and no backslash");
        }
        for (String segment : value.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("an object name has no empty, '.' or '..' segment: '" + value + "'");
            }
        }
    }

    /** The key of this name; empty when no object of ours has such a name, for example one that ends with a slash. */
    public static Optional<ObjectKey> parse(String value) {
        try {
            return Optional.of(new ObjectKey(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The last segment. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
