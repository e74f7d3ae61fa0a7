package io.mgnlbackup.faults;

import io.mgnlbackup.testing.WalFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What {@code pg_basebackup} would write of a cluster, as far as the sidecar looks at it. */
final class PretendedBase {

    private static final Pattern FILE = Pattern.compile("\\(file ([0-9A-F]{24})\\)");

    private PretendedBase() {}

    /** The archive of a base backup that begins and ends in one segment. */
    static byte[] tar(String segment, long start, byte[] noise) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            add(
                    tar,
                    "backup_label",
                    text("START WAL LOCATION: %s (file %s)\nBACKUP METHOD: streamed\nLABEL: mgnlbackup\n"
                            .formatted(lsn(start + 0x28), segment)));
            add(tar, "PG_VERSION", text("15\n"));
            add(tar, "base/1/1000", noise);
            add(tar, "global/pg_control", control());
            add(
                    tar,
                    "backup_manifest",
                    text("\"WAL-Ranges\": [{ \"Timeline\": 1, \"Start-LSN\": \"%s\", \"End-LSN\": \"%s\" }]"
                            .formatted(lsn(start + 0x28), lsn(start + 0x100))));
        }
        return bytes.toByteArray();
    }

    /** An archive of one file. */
    static byte[] oneFile(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            add(tar, name, content);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static byte[] control() {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(WalFiles.SYSTEM)
                .putInt(1300)
                .array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String lsn(long value) {
        return "%X/%X".formatted(value >>> 32, value & 0xFFFF_FFFFL);
    }

    /** The content of the first file of an archive that is whole. */
    static byte[] firstFile(byte[] archive) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                throw new IOException("an archive without a file");
            }
            byte[] content = tar.readAllBytes();
            if (tar.getNextEntry() != null && content.length != entry.getSize()) {
                throw new IOException("an archive that is not whole");
            }
            return content;
        }
    }

    /** The segment that a base backup begins in. */
    static String segment(byte[] archive) throws IOException {
        Matcher matcher = FILE.matcher(new String(firstFile(archive), StandardCharsets.UTF_8));
        if (!matcher.find()) {
            throw new IOException("no label");
        }
        return matcher.group(1);
    }

    /** What the tags of its meta object say. */
    static Map<String, String> facts(String base, LocalDateTime time, String segment, long start) {
        Map<String, String> tags = new HashMap<>();
        tags.put("variant", "tx_log_archiving");
        tags.put("basebackup_parent", base);
        tags.put("basebackup_start", time + ":00Z");
        tags.put("basebackup_end", time + ":01Z");
        tags.put("system_identifier", "" + WalFiles.SYSTEM);
        tags.put("postgres_version", "15");
        tags.put("timeline", "1");
        tags.put("wal_first", segment);
        tags.put("wal_last", segment);
        tags.put("wal_segment_bytes", "" + WalFiles.SIZE.bytes());
        tags.put("start_lsn", lsn(start + 0x28));
        tags.put("stop_lsn", lsn(start + 0x100));
        return tags;
    }
}
