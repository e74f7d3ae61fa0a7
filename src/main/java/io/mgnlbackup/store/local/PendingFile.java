package io.mgnlbackup.store.local;

import com.github.f4b6a3.ulid.UlidCreator;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * A file on its way to its name; closing it before {@link #keep} deletes it.
 *
 * <p>It is locked while it is open. The kernel drops the lock of a killed process, on this machine or, over NFS, on another: so a lock
 * that can be had tells a file that was left over from one of a sidecar that is running. Process numbers would not, since each
 * container counts its own, and an age would let leftovers lie about.
 */
final class PendingFile implements Closeable {

    private final FileChannel channel;
    private Path path;
    private boolean kept;

    private PendingFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Creates an empty file of a temporary name. */
    static PendingFile create(Path folder) throws IOException {
        while (true) {
            Path path = Files.createFile(folder.resolve(temporaryName()));
            // Between these two lines a sidecar that cleans up may have taken the file for a leftover.
            Optional<PendingFile> file = claim(path);
            if (file.isPresent()) {
                return file.get();
            }
        }
    }

    private static String temporaryName() {
        return Layout.TEMPORARY + UlidCreator.getMonotonicUlid().toString().toLowerCase(Locale.ROOT);
    }

    /** Takes a file that is there and that no running sidecar has open. */
    static Optional<PendingFile> claim(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (tryLock(channel) && Files.exists(path)) {
            return Optional.of(new PendingFile(path, channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Appends bytes. */
    void write(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Returns when the bytes are on the disk. */
    void sync() throws IOException {
        channel.force(true);
    }

    /** Where the file is now. */
    Path path() {
        return path;
    }

    /** Gives the file another name in one step, in place of a file that has it. */
    void moveTo(Path target) throws IOException {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        path = target;
    }

    /** From now on closing leaves the file where it is. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (!kept) {
                Files.deleteIfExists(path);
            }
        }
    }
}
