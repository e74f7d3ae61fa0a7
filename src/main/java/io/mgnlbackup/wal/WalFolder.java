package io.mgnlbackup.wal;

import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.problem.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The archive folder, seen as a whole. */
public final class WalFolder {

    private final Path folder;

    /** The folder into which {@code archive_command} puts files. */
    public WalFolder(Path folder) {
        this.folder = folder;
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /**
     * What waits there now; reads names and sizes only.
     *
     * @throws Problem {@code UNAVAILABLE} when the folder cannot be read
     */
    public WaitingFiles waiting() {
        Set<String> names = new HashSet<>();
        long bytes = 0;
        Optional<Instant> oldest = Optional.empty();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, WalFolder::isWal)) {
            for (Path file : files) {
                Optional<BasicFileAttributes> found = attributes(file);
                if (found.isPresent()) {
                    names.add(String.valueOf(file.getFileName()));
                    bytes += found.get().size();
                    Instant written = found.get().lastModifiedTime().toInstant();
                    oldest = oldest.isEmpty() || written.isBefore(oldest.get()) ? Optional.of(written) : oldest;
                }
            }
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "cannot read the archive folder '" + folder + "': " + e,
                    "is its volume mounted, and may the account of the sidecar read, write and search it",
                    null,
                    e);
        }
        return new WaitingFiles(names, bytes, oldest);
    }

    /** What is wrong with the folder; empty when files can be taken from it. */
    public Optional<String> defect() {
        if (!Files.isDirectory(folder)) {
            return Optional.of("the archive folder '" + folder + "' is not there");
        }
        return Files.isWritable(folder)
                ? Optional.empty()
                : Optional.of(
                        "the archive folder '" + folder + "' cannot be written to: nothing can be deleted from it");
    }

    private static boolean isWal(Path file) {
        return WalFileName.of(String.valueOf(file.getFileName())).kind() != WalFileName.Kind.OTHER;
    }

    /** The facts of a file; empty when it is gone. */
    static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
