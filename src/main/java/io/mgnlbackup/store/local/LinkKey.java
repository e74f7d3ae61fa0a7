package io.mgnlbackup.store.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * The secret that links are signed with: 32 random bytes in a file that only its owner reads.
 *
 * <p>It lies in the store folder, so that links outlast a restart and are good for every sidecar that shares the folder. It is made at
 * first use.
 */
public final class LinkKey {

    /** The file in the store folder. */
    static final String FILE = ".mgnlbackup-link-key";

    private static final int BYTES = 32;

    private final Path folder;
    private byte @Nullable [] bytes;

    /** The secret of this store folder, which must be there at first use. */
    public LinkKey(Path folder) {
        this.folder = folder;
    }

    /** The secret itself. */
    synchronized byte[] bytes() {
        if (bytes == null) {
            try {
                bytes = readOrCreate();
            } catch (IOException e) {
                throw LocalErrors.of("cannot read the key of links '" + folder.resolve(FILE) + "'", e);
            }
        }
        return bytes.clone();
    }

    private byte[] readOrCreate() throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            create(file);
        }
        byte[] found;
        try (InputStream in = Files.newInputStream(file)) {
            found = in.readNBytes(BYTES + 1);
        }
        if (found.length != BYTES) {
            throw new IOException("it has not exactly " + BYTES + " bytes: delete it");
        }
        return found;
    }

    /** Makes the file appear whole, unless another sidecar was first: a link, unlike a rename, never replaces. */
    private void create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        try (PendingFile pending = PendingFile.create(folder)) {
            Files.setPosixFilePermissions(
                    pending.path(), EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            pending.write(secret, BYTES);
            pending.sync();
            appear(pending, file);
        }
        Folders.sync(folder);
    }

    private static void appear(PendingFile pending, Path file) throws IOException {
        try {
            Files.createLink(file, pending.path());
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException | UnsupportedOperationException e) {
            // A file system without hard links: two first uses in the same instant may make links that one of them
            // refuses.
            pending.moveTo(file);
            pending.keep();
        }
    }
}
