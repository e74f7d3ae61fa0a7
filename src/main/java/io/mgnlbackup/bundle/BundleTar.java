package io.mgnlbackup.bundle;

import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.ArchivedFile;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.format.Expected;
import io.mgnlbackup.format.FormatException;
import io.mgnlbackup.format.MetaObject;
import io.mgnlbackup.format.PackedWalFile;
import io.mgnlbackup.format.TarGz;
import io.mgnlbackup.postgres.RecoverySettings;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A bundle as one archive of a data directory, made while it is sent. The file without which PostgreSQL does not start comes last, when
 * everything before it was read whole: what is cut off, or damaged in the store, never looks like a cluster.
 */
public final class BundleTar {

    private static final String CONTROL = "global/pg_control";

    /** Of files that are held back: the settings and pg_control, which has 8 KiB. */
    private static final int HELD_BACK_BYTES = 1 << 20;

    private final ObjectStore store;

    /** Reads objects from this store. */
    public BundleTar(ObjectStore store) {
        this.store = store;
    }

    /** Writes the archive and closes the stream; an exception means that it must not be used, and leaves it open. */
    public void write(Bundle bundle, OutputStream out) throws IOException {
        checkMeta(bundle.base().meta());
        String version = bundle.base().meta().tags().get(ArchiveTags.VERSION).orElse("");
        RecoverySettings recovery = new RecoverySettings(
                version, bundle.timeline(), bundle.target(), RecoverySettings.TargetAction.PROMOTE);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        Map<String, HeldBack> heldBack = copyBase(bundle, recovery, tar);
        HeldBack control = heldBack.get(CONTROL);
        if (control == null) {
            throw new FormatException("'" + bundle.base().base().name() + "' has no '" + CONTROL + "'");
        }
        folder(tar, RecoverySettings.WAL_FOLDER);
        for (ArchivedFile file : bundle.files()) {
            copyWal(file, tar);
        }
        String settings = Optional.ofNullable(heldBack.get(recovery.file()))
                .map(held -> new String(held.content, StandardCharsets.UTF_8))
                .orElse("");
        file(tar, recovery.file(), recovery.applyTo(settings).getBytes(StandardCharsets.UTF_8));
        if (recovery.signalFile().isPresent()) {
            file(tar, recovery.signalFile().get(), new byte[0]);
        }
        tar.putArchiveEntry(control.entry);
        tar.write(control.content);
        tar.closeArchiveEntry();
        tar.close();
    }

    /** Before anything is sent, so that there can be an answer. */
    private void checkMeta(CatalogEntry meta) throws IOException {
        try (Payload payload = store.get(GetRequest.whole(meta.object().key()))) {
            Expected expected = new Expected(
                    meta.name(),
                    Optional.empty(),
                    meta.tags().get(ArchiveTags.SEALED).isPresent());
            MetaObject.read(payload.stream(), expected, name -> meta.tags().get(name));
        }
    }

    private Map<String, HeldBack> copyBase(Bundle bundle, RecoverySettings recovery, TarArchiveOutputStream tar)
            throws IOException {
        Map<String, HeldBack> heldBack = new HashMap<>();
        CatalogEntry base = bundle.base().base();
        try (Payload payload = store.get(GetRequest.whole(base.object().key()))) {
            Optional<String> sha256 = bundle.base().meta().tags().get(ArchiveTags.SHA256);
            Expected expected = new Expected(
                    base.name(), sha256, base.tags().get(ArchiveTags.SEALED).isPresent());
            TarGz.read(payload.stream(), expected, (entry, content) -> {
                String name = entry.getName();
                if (name.equals(CONTROL) || name.equals(recovery.file())) {
                    heldBack.put(name, new HeldBack(entry, bounded(content, entry)));
                } else if (!RecoverySettings.OF_ANOTHER_KIND.contains(name)) {
                    copy(entry, content, tar);
                }
            });
        }
        return heldBack;
    }

    private static byte[] bounded(InputStream content, TarArchiveEntry entry) throws IOException {
        if (entry.getSize() > HELD_BACK_BYTES) {
            throw new FormatException("'" + entry.getName() + "' has " + entry.getSize() + " bytes");
        }
        return content.readNBytes(HELD_BACK_BYTES);
    }

    private static void copy(TarArchiveEntry entry, InputStream content, TarArchiveOutputStream tar)
            throws IOException {
        tar.putArchiveEntry(entry);
        content.transferTo(tar);
        tar.closeArchiveEntry();
    }

    private void copyWal(ArchivedFile file, TarArchiveOutputStream tar) throws IOException {
        try (Payload payload = store.get(GetRequest.whole(file.entry().object().key()))) {
            PackedWalFile.read(
                    payload.stream(),
                    new Expected(
                            file.entry().name(),
                            file.entry().tags().get(ArchiveTags.SHA256),
                            file.entry().tags().get(ArchiveTags.SEALED).isPresent()),
                    (name, bytes) -> {
                        TarArchiveEntry entry = new TarArchiveEntry(RecoverySettings.WAL_FOLDER + "/" + name);
                        entry.setSize(bytes);
                        entry.setMode(0600);
                        tar.putArchiveEntry(entry);
                        return new EntryStream(tar);
                    });
        }
    }

    private static void folder(TarArchiveOutputStream tar, String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/");
        entry.setMode(0700 | 040000);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(0600);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** A small file that comes later than it was read. */
    private static final class HeldBack {

        private final TarArchiveEntry entry;
        private final byte[] content;

        HeldBack(TarArchiveEntry entry, byte[] content) {
            this.entry = entry;
            this.content = content;
        }
    }

    /** Closing it ends the entry, not the archive. */
    private static final class EntryStream extends FilterOutputStream {

        private final TarArchiveOutputStream tar;

        EntryStream(TarArchiveOutputStream tar) {
            super(tar);
            this.tar = tar;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            tar.write(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            tar.closeArchiveEntry();
        }
    }
}
