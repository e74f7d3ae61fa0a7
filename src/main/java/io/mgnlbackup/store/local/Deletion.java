package io.mgnlbackup.store.local;

import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Deletes objects before their tags: an object without tags would belong to nobody, and stay for ever. */
final class Deletion {

    private final Layout layout;
    private final List<Path> gone = new ArrayList<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private final List<ObjectKey> failed = new ArrayList<>();
    private final List<IOException> failures = new ArrayList<>();

    Deletion(Layout layout) {
        this.layout = layout;
    }

    /** Deletes all that it can, then fails if there was one that it could not. */
    void delete(List<ObjectKey> keys) {
        keys.forEach(this::deleteObject);
        try {
            for (Path folder : folders) {
                Folders.sync(folder);
            }
            for (Path object : gone) {
                deleteTags(object);
            }
        } catch (IOException e) {
            failures.add(e);
        }
        if (!failures.isEmpty()) {
            throw failure(keys);
        }
    }

    private void deleteObject(ObjectKey key) {
        try {
            Path object = layout.object(key).orElse(null);
            if (object == null || Layout.attributes(object).isEmpty()) {
                return;
            }
            Files.deleteIfExists(object);
            gone.add(object);
            folders.add(object.resolveSibling(".").normalize());
        } catch (IOException e) {
            failed.add(key);
            failures.add(e);
        }
    }

    private static void deleteTags(Path object) throws IOException {
        if (!Files.exists(object)) {
            Files.deleteIfExists(Layout.tags(object));
        }
    }

    private StoreException failure(List<ObjectKey> keys) {
        List<ObjectKey> named = failed.isEmpty() ? keys : failed;
        String some = named.stream()
                .limit(5)
                .map(key -> "'" + key + "'")
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return LocalErrors.of(
                "cannot delete " + named.size() + " of " + keys.size() + " objects (" + some
                        + (named.size() > 5 ? ", …" : "") + ") in '" + layout.root() + "'",
                failures.get(0));
    }
}
