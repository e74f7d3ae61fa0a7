package io.mgnlbackup.testing;

import io.mgnlbackup.store.Tags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A store folder with backups of earlier times, as the sidecar of {@link SidecarProcess} would have left them. */
public final class StoreFolder {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;

    /** In a folder that is made where absent. */
    public StoreFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a backup of a time, with more tags than the heritage; answers its name. */
    public String add(Instant time, Map<String, String> tags) {
        String name = "test-" + NAME.format(time) + ".sql.gz";
        Map<String, String> all = new TreeMap<>(tags);
        all.putIfAbsent("heritage", "tests");
        try {
            Files.writeString(folder.resolve(name), "content of " + name);
            Files.writeString(folder.resolve("." + name + ".tags"), Tags.of(all).encode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    /** The names of all objects, sorted. */
    public List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
