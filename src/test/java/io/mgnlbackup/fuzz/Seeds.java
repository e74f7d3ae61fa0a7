package io.mgnlbackup.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The inputs that are kept: what leads a fuzzer into a parser, and every input that once showed a bug. */
final class Seeds {

    static final Path FOLDER = Path.of("src/test/resources/fuzz");

    private Seeds() {}

    /** The folders, one a target. */
    static List<String> folders() throws IOException {
        return names(FOLDER);
    }

    /** The seeds of a target. */
    static List<Path> of(String target) throws IOException {
        Path folder = FOLDER.resolve(target);
        return Files.isDirectory(folder)
                ? names(folder).stream().map(folder::resolve).toList()
                : List.of();
    }

    /** Writes the seeds of all targets into a folder, each behind the byte that chooses its target. */
    static void writeAll(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> targets = FuzzTargets.names();
        for (int i = 0; i < targets.size(); i++) {
            for (Path seed : of(targets.get(i))) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.write(i);
                bytes.writeBytes(Files.readAllBytes(seed));
                Files.write(folder.resolve(targets.get(i) + "-" + seed.getFileName()), bytes.toByteArray());
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
