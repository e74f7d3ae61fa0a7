package io.mgnlbackup.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where PostgreSQL's server programs are: {@code PGBIN}, else the newest of Debian's, else a folder of PATH. */
final class PostgresPrograms {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private PostgresPrograms() {}

    static Path folder() {
        return fromEnvironment()
                .or(PostgresPrograms::newestOfDebian)
                .or(PostgresPrograms::fromPath)
                .filter(PostgresPrograms::complete)
                .orElseThrow(
                        () -> new IllegalStateException("PostgreSQL binaries not found: apt-get install postgresql"));
    }

    private static boolean complete(Path bin) {
        return Stream.of("initdb", "postgres", "psql", "pg_dump")
                .allMatch(name -> Files.isExecutable(bin.resolve(name)));
    }

    private static Optional<Path> fromEnvironment() {
        return Optional.ofNullable(System.getenv("PGBIN")).map(Path::of);
    }

    private static Optional<Path> newestOfDebian() {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> majors = Files.list(DEBIAN)) {
            return majors.filter(major -> major.getFileName().toString().matches("\\d+"))
                    .filter(major -> complete(major.resolve("bin")))
                    .max(Comparator.comparingInt(
                            major -> Integer.parseInt(major.getFileName().toString())))
                    .map(major -> major.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> fromPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(Path::of)
                .filter(PostgresPrograms::complete)
                .findFirst();
    }
}
