package io.mgnlbackup.faults;

import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of some mebibytes, in memory, that can fill up, with a folder on it that can be taken away. Only root can mount one. */
final class SmallDisk implements AutoCloseable {

    private static final int BLOCK = 4096;

    private final Path root;

    /** Mounts one at a folder, which it makes. */
    SmallDisk(Path root, int mebibytes) {
        this.root = root;
        try {
            Files.createDirectories(root);
            Tool.of("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "none", root.toString())
                    .run();
            Files.createDirectory(folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this account may mount one. */
    static boolean isPossible() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The folder on it. */
    Path folder() {
        return root.resolve("folder");
    }

    /** Something else takes all room but for so many bytes. */
    void fillUp(long bytesLeft) throws IOException {
        FileStore disk = Files.getFileStore(root);
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (disk.getUsableSpace() > bytesLeft + BLOCK) {
                out.write(block);
            }
        } catch (IOException e) {
            // Somebody else was faster: it is full.
        }
    }

    private Path ballast() {
        return root.resolve("ballast");
    }

    /** The folder is not there any more, as when a volume is not mounted. */
    void takeAway() throws IOException {
        Files.move(folder(), away());
    }

    private Path away() {
        return root.resolve("away");
    }

    /** There is room again, and the folder. */
    void heal() throws IOException {
        Files.deleteIfExists(ballast());
        if (Files.exists(away())) {
            Files.move(away(), folder());
        }
    }

    @Override
    public void close() {
        Tool.of("umount", "--lazy", root.toString()).run();
    }
}
