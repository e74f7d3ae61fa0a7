package io.mgnlbackup.dump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class NothingIncompleteLocalIT extends NothingIncompleteContract {

    private Path store;

    @Override
    Map<String, String> store() {
        store = folder().resolve("store");
        return Map.of("FILE_DIR", store.toString());
    }

    @Override
    List<String> everythingInTheStore() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> store.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
