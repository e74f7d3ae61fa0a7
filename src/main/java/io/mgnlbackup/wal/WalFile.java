package io.mgnlbackup.wal;

import io.mgnlbackup.postgres.BackupLabel;
import io.mgnlbackup.postgres.TimelineHistory;
import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.postgres.WalHeader;
import io.mgnlbackup.postgres.WalTimes;
import io.mgnlbackup.store.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A whole file of the archive folder, read once from end to end.
 *
 * @param bytes its length when it was read
 * @param modified when it was written; with the name, it names the object
 * @param sha256 of the content, in hexadecimal
 * @param crc32c of the content, to see quickly that it is still the same
 * @param header of a segment or a partial one
 * @param times of the transactions in a segment
 * @param history of a history file
 * @param label of a {@code .backup} file
 */
public record WalFile(
        Path path,
        WalFileName name,
        long bytes,
        Instant modified,
        String sha256,
        long crc32c,
        Optional<WalHeader> header,
        WalTimes times,
        Optional<TimelineHistory> history,
        Optional<BackupLabel> label) {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Reads a file, a buffer at a time. */
    public static WalFile read(Path path) throws IOException {
        BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
        WalFileName name = WalFileName.of(String.valueOf(path.getFileName()));
        boolean segment = name.kind() == WalFileName.Kind.SEGMENT || name.kind() == WalFileName.Kind.PARTIAL;
        MessageDigest digest = Sha256.begin();
        CRC32C quick = new CRC32C();
        Optional<WalHeader> header = Optional.empty();
        WalTimes times = WalTimes.NONE;
        try (InputStream in = new BufferedInputStream(
                new CheckedInputStream(new DigestInputStream(Files.newInputStream(path), digest), quick),
                BUFFER_BYTES)) {
            if (segment) {
                in.mark(WalHeader.BYTES);
                WalHeader read = WalHeader.parse(in.readNBytes(WalHeader.BYTES));
                in.reset();
                header = Optional.of(read);
                times = WalTimes.read(in, read);
            }
            in.transferTo(OutputStream.nullOutputStream());
        }
        String text = segment ? "" : WalGate.text(path);
        return new WalFile(
                path,
                name,
                before.size(),
                before.lastModifiedTime().toInstant(),
                Sha256.end(digest),
                quick.getValue(),
                header,
                times,
                name.kind() == WalFileName.Kind.HISTORY
                        ? Optional.of(TimelineHistory.parse(name.timeline().orElseThrow(), text))
                        : Optional.empty(),
                name.kind() == WalFileName.Kind.BACKUP ? Optional.of(BackupLabel.parse(text)) : Optional.empty());
    }

    /** The cluster, where the file says, as {@code pg_controldata} prints it. */
    public Optional<String> system() {
        return header.map(found -> Long.toUnsignedString(found.systemIdentifier()));
    }

    /** Whether the file is still the one that was read. */
    public boolean isUnchanged() throws IOException {
        return WalFolder.attributes(path)
                .filter(now -> now.size() == bytes
                        && now.lastModifiedTime().toInstant().equals(modified))
                .isPresent();
    }
}
