package io.mgnlbackup.restore;

import io.mgnlbackup.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data directory that is being filled. Everything goes into a folder inside of it first, is moved up at the end, and what PostgreSQL does
 * not start without comes last: at no time does the directory look like a cluster that it is not.
 *
 * <p>What a killed process leaves is known by that folder, and removed by the next. Nothing is forced to the disk here: PostgreSQL does so
 * with the whole directory before it recovers (src/backend/storage/file/fd.c, {@code SyncDataDirectory}).
 */
final class DataDirectory {

    /** Holds what is not complete. */
    static final String STAGING = ".mgnlbackup-boot";

    /** In the staging folder, the names of what is being moved up. */
    private static final String MOVING = ".moving";

    /** What a file system has in its own root. */
    private static final String LOST_AND_FOUND = "lost+found";

    private static final String LAST = "global";

    private final Path folder;
    private final Path staging;
    private final boolean made;
    private final Optional<UserPrincipal> owner;

    private DataDirectory(Path folder, boolean made, Optional<UserPrincipal> owner) {
        this.folder = folder;
        this.staging = folder.resolve(STAGING);
        this.made = made;
        this.owner = owner;
    }

    /** Whether the folder holds a cluster already, restored or older. */
    static boolean holdsCluster(Path folder) {
        return Files.exists(folder.resolve("PG_VERSION")) && Files.exists(folder.resolve("global/pg_control"));
    }

    /**
     * Makes an absent folder, clears what a killed process left, and refuses one that is not empty.
     *
     * @throws Problem when the folder is not empty
     */
    static DataDirectory open(Path folder) throws IOException {
        boolean absent = !Files.exists(folder);
        if (absent) {
            Files.createDirectories(folder);
        }
        removeLeftovers(folder);
        List<String> there = names(folder);
        if (!there.isEmpty()) {
            throw new Problem(
                    Problem.Kind.FAILED,
                    "cannot restore into '" + folder + "': it is not empty, there is '" + there.get(0) + "'",
                    "give an empty folder, or remove what is in it");
        }
        DataDirectory opened = new DataDirectory(folder, absent, owner(folder));
        Files.createDirectory(opened.staging);
        opened.restrict(opened.staging, "rwx------");
        return opened;
    }

    /** A process that runs as root gives its files to whom the folder belongs, since PostgreSQL does not run as root. */
    private static Optional<UserPrincipal> owner(Path folder) throws IOException {
        UserPrincipal its = Files.getOwner(folder);
        boolean root = "root".equals(System.getProperty("user.name"));
        return root && !its.getName().equals("root") ? Optional.of(its) : Optional.empty();
    }

    private static void removeLeftovers(Path folder) throws IOException {
        Path staging = folder.resolve(STAGING);
        if (!Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS) || holdsCluster(folder)) {
            return;
        }
        Path moving = staging.resolve(MOVING);
        if (Files.exists(moving)) {
            for (String name : Files.readAllLines(moving)) {
                Path moved = folder.resolve(name).normalize();
                if (folder.normalize().equals(moved.getParent())) {
                    delete(moved);
                }
            }
        }
        delete(staging);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !name.equals(LOST_AND_FOUND))
                    .sorted()
                    .toList();
        }
    }

    /** Bytes that may still be written here. */
    long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Makes a folder. */
    void makeFolder(String name) throws IOException {
        Path made = inside(name);
        Files.createDirectories(made);
        for (Path at = made; at != null && !at.equals(staging); at = at.getParent()) {
            restrict(at, "rwx------");
        }
    }

    /** Writes a file. */
    void write(String name, InputStream content) throws IOException {
        try (OutputStream out = create(name)) {
            content.transferTo(out);
        }
    }

    /** Writes a file that somebody closes. */
    OutputStream create(String name) throws IOException {
        Path file = inside(name);
        Path parent = file.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            makeFolder(staging.relativize(parent).toString());
        }
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        restrict(file, "rw-------");
        return Files.newOutputStream(file);
    }

    /** The text of a file that was written; empty when there is none. */
    String read(String name) throws IOException {
        try {
            return Files.readString(inside(name));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private Path inside(String name) throws ForeignEntry {
        Path path;
        try {
            path = staging.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new ForeignEntry("a file whose name cannot be written here");
        }
        if (!path.startsWith(staging) || path.equals(staging)) {
            throw new ForeignEntry("'" + name + "', which lies outside of the data directory");
        }
        String first = staging.relativize(path).getName(0).toString();
        boolean ours = first.equals(STAGING) || first.equals(MOVING);
        if (ours
                || name.chars()
                        .anyMatch(Character::isISOControl)) { // the list of what is moved has a line for each name
            throw new ForeignEntry("a file whose name no cluster has");
        }
        return path;
    }

    private void restrict(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        if (owner.isPresent()) {
            Files.setOwner(path, owner.get());
        }
    }

    /** Makes the directory a cluster: moves everything to its place. */
    void commit() throws IOException {
        List<String> names = new ArrayList<>(names(staging));
        names.sort(Comparator.comparing((String name) -> name.equals(LAST)).thenComparing(name -> name));
        Files.write(staging.resolve(MOVING), names, StandardCharsets.UTF_8);
        restrict(folder, "rwx------");
        for (String name : names) {
            Files.move(staging.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
        delete(staging);
    }

    /** Leaves the folder as it was found. */
    void abandon() throws IOException {
        removeLeftovers(folder);
        if (made && names(folder).isEmpty()) {
            Files.deleteIfExists(folder);
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
