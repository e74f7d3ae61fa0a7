package io.mgnlbackup.store.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Removes what killed sidecars left in the folder, and nothing of one that is running: see {@link PendingFile}. */
final class Leftovers extends SimpleFileVisitor<Path> {

    private int removed;

    private Leftovers() {}

    /** Cleans a folder and those in it; returns how many files it removed. */
    static int removeFrom(Path root) throws IOException {
        Leftovers leftovers = new Leftovers();
        Files.walkFileTree(root, leftovers);
        return leftovers.removed;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return Layout.isHidden(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (file.getFileName().toString().startsWith(Layout.TEMPORARY)) {
            removeUnlessInUse(file);
            return FileVisitResult.CONTINUE;
        }
        Optional<Layout.TagsName> tags = Layout.tagsName(file);
        if (tags.isPresent()) {
            settle(file, tags.get());
        }
        return FileVisitResult.CONTINUE;
    }

    /** Tags whose object became visible get their lasting name; tags whose object did not, or is deleted, go. */
    private void settle(Path file, Layout.TagsName name) throws IOException {
        Optional<String> there = Layout.attributes(name.object()).map(Layout::etag);
        if (there.isEmpty() || (name.etag().isPresent() && !there.equals(name.etag()))) {
            removeUnlessInUse(file);
            return;
        }
        if (name.etag().isPresent()) {
            finish(file, Layout.tags(name.object()));
        }
    }

    private static void finish(Path pendingTags, Path tags) throws IOException {
        Optional<PendingFile> claimed = PendingFile.claim(pendingTags);
        if (claimed.isPresent()) {
            try (PendingFile file = claimed.get()) {
                file.keep();
                file.moveTo(tags);
            }
        }
    }

    private void removeUnlessInUse(Path path) throws IOException {
        Optional<PendingFile> claimed = PendingFile.claim(path);
        if (claimed.isPresent()) {
            claimed.get().close();
            removed++;
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
