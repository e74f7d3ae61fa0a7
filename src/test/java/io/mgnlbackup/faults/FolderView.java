package io.mgnlbackup.faults;

import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.ChaosProxy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder as the store. */
record FolderView(Path folder) implements OutsideView {

    private static final String TEMPORARY = ".mgnlbackup-tmp-";

    FolderView {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("FILE_DIR", folder.toString());
    }

    @Override
    public SortedMap<String, String> objects() throws IOException {
        SortedMap<String, String> objects = new TreeMap<>();
        for (Path file : files()) {
            if (!name(file).startsWith(".")) {
                objects.put(name(file), Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return objects;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public Map<String, String> tags(String name) throws IOException {
        return Tags.decode(
                        Files.readString(folder.resolve("." + name + ".tags")).strip())
                .values();
    }

    @Override
    public void plant(String name, byte[] bytes, Map<String, String> tags) throws IOException {
        if (!tags.isEmpty()) {
            Files.writeString(
                    folder.resolve("." + name + ".tags"), Tags.of(tags).encode(), StandardCharsets.US_ASCII);
        }
        Path file = Files.write(folder.resolve(".planted"), bytes);
        Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Temporary files, and tags that wait for an object or have lost theirs. */
    @Override
    public List<String> leftovers() throws IOException {
        return files().stream()
                .map(FolderView::name)
                .filter(name -> name.startsWith(TEMPORARY) || name.contains(".tags-") || isOfNothing(name))
                .toList();
    }

    private boolean isOfNothing(String name) {
        return name.endsWith(".tags")
                && !Files.exists(folder.resolve(name.substring(1, name.length() - ".tags".length())));
    }

    @Override
    public Optional<ChaosProxy> line() {
        return Optional.empty();
    }

    @Override
    public void layNewLine() {}

    @Override
    public void close() {}
}
