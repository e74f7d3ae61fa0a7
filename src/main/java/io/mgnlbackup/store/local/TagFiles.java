package io.mgnlbackup.store.local;

import io.mgnlbackup.store.Tags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the tags that stand beside an object.
 *
 * <p>They are in {@code .<name>.tags}. While an object is being put in place of another, {@code .<name>.tags-<etag>} holds those of the
 * new one: who finds the old object reads the old tags, who finds the new one the new, wherever a process was killed.
 */
final class TagFiles {

    private static final Logger log = LoggerFactory.getLogger(TagFiles.class);

    /** Far more than any store takes as tags. */
    private static final int MOST_BYTES = 16 * 1024;

    private TagFiles() {}

    /** The tags of this version of an object; none when it has no file of them, as when somebody copied it there. */
    static Tags read(Path object, String etag) throws IOException {
        Optional<String> encoded = text(Layout.pendingTags(object, etag));
        if (encoded.isEmpty()) {
            encoded = text(Layout.tags(object));
        }
        return encoded.map(text -> decode(object, text)).orElse(Tags.NONE);
    }

    private static Optional<String> text(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Tags decode(Path object, String text) {
        try {
            return Tags.decode(text);
        } catch (IllegalArgumentException e) {
            log.warn("the tags of '{}' cannot be read, so it counts as having none: {}", object, e.getMessage());
            return Tags.NONE;
        }
    }
}
