package io.mgnlbackup.store.local;

import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoredObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Collects a page of a listing: of all keys that fit, the first ones after the token, in bounded memory. */
final class Listing extends SimpleFileVisitor<Path> {

    private final Layout layout;
    private final ListRequest request;
    private final TreeSet<String> keys = new TreeSet<>();

    private Listing(Layout layout, ListRequest request) {
        this.layout = layout;
        this.request = request;
    }

    /** The page that was asked for; its token is its last key. */
    static ListPage page(Layout layout, ListRequest request) throws IOException {
        Listing listing = new Listing(layout, request);
        Files.walkFileTree(layout.root(), listing);
        Optional<String> next = Optional.empty();
        if (listing.keys.size() > ListPage.MAX_OBJECTS) {
            listing.keys.pollLast();
            next = Optional.of(listing.keys.last());
        }
        List<StoredObject> objects = new ArrayList<>();
        for (String key : listing.keys) {
            stored(layout, new ObjectKey(key)).ifPresent(objects::add);
        }
        return new ListPage(objects, next);
    }

    /** The facts of an object; empty when it is not there. */
    static Optional<StoredObject> stored(Layout layout, ObjectKey key) throws IOException {
        Optional<Path> object = layout.object(key);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        Optional<BasicFileAttributes> found = Layout.attributes(object.get());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        BasicFileAttributes attributes = found.get();
        String etag = Layout.etag(attributes);
        return Optional.of(new StoredObject(
                key,
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                etag,
                Optional.of(TagFiles.read(object.get(), etag))));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (folder.equals(layout.root())) {
            return FileVisitResult.CONTINUE;
        }
        String inside = layout.root().relativize(folder) + "/";
        boolean mayFit = inside.startsWith(request.prefix()) || request.prefix().startsWith(inside);
        return mayFit && !Layout.isHidden(folder.getFileName().toString())
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && !Layout.isHidden(file.getFileName().toString())) {
            add(layout.root().relativize(file).toString());
        }
        return FileVisitResult.CONTINUE;
    }

    private void add(String key) {
        boolean after = request.token().map(token -> key.compareTo(token) > 0).orElse(true);
        if (after && key.startsWith(request.prefix()) && isKey(key)) {
            keys.add(key);
            if (keys.size() > ListPage.MAX_OBJECTS + 1) {
                keys.pollLast();
            }
        }
    }

    /** Somebody else may have put a file of a name that no object has. */
    private boolean isKey(String key) {
        try {
            return layout.object(new ObjectKey(key)).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A file may be deleted while it is listed. The folder itself may not: one whose volume is not mounted is not an empty one. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException && !file.equals(layout.root())) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @org.jspecify.annotations.Nullable IOException e)
            throws IOException {
        return e == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, e);
    }
}
