package io.mgnlbackup.store.local;

import io.mgnlbackup.store.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which file of the store folder holds what.
 *
 * @param root the folder, absolute
 */
record Layout(Path root) {

    /** What every file that is still being written starts with; a ULID follows. */
    static final String TEMPORARY = ".mgnlbackup-tmp-";

    /** Bytes that a file name may have on common file systems, less what the longest hidden name of an object adds to its name. */
    private static final int MAX_NAME_BYTES = 255 - ".".length() - ".tags-".length() - 33;

    private static final Pattern TAGS = Pattern.compile("\\.(.+)\\.tags(?:-([0-9a-f]{1,16}-[0-9a-f]{1,16}))?");

    /** A file of tags: the object it stands beside, and the version of the object it waits for. */
    record TagsName(Path object, Optional<String> etag) {}

    /** The file of an object; empty when no object can have this name. */
    Optional<Path> object(ObjectKey key) {
        boolean ours = Arrays.stream(key.value().split("/"))
                .anyMatch(name -> isHidden(name) || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES);
        return ours ? Optional.empty() : Optional.of(root.resolve(key.value()));
    }

    /** Whether a file or folder of this name belongs to the store or the system, so holds no objects. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.equals("lost+found");
    }

    /** Where the tags of an object are. */
    static Path tags(Path object) {
        return object.resolveSibling("." + object.getFileName() + ".tags");
    }

    /** Where the tags of this version of an object are from just before it is visible until just after. */
    static Path pendingTags(Path object, String etag) {
        return object.resolveSibling("." + object.getFileName() + ".tags-" + etag);
    }

    /** Reads the name of a file of tags. */
    static Optional<TagsName> tagsName(Path file) {
        Matcher matcher = TAGS.matcher(file.getFileName().toString());
        return matcher.matches()
                ? Optional.of(
                        new TagsName(file.resolveSibling(matcher.group(1)), Optional.ofNullable(matcher.group(2))))
                : Optional.empty();
    }

    /** The attributes of a regular file, no link followed; empty when it is not there. */
    static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(attributes) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (isBelowFile(file)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Size and time of the last change in nanoseconds, in hex: it differs whenever the content does, and a rename keeps it. */
    static String etag(BasicFileAttributes attributes) {
        return Long.toHexString(attributes.size())
                + "-"
                + Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    /** Of {@code a/b} with {@code a} a file the system says "not a directory", which means: not there. */
    private static boolean isBelowFile(Path file) {
        Path parent = file.getParent();
        return parent != null && !Files.isDirectory(parent);
    }
}
