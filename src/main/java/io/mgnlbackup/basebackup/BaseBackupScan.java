package io.mgnlbackup.basebackup;

import io.mgnlbackup.postgres.BackupLabel;
import io.mgnlbackup.postgres.Lsn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Learns from a base backup what a restore needs to know, while it goes by, and checks that it is one and whole. */
final class BaseBackupScan implements TarScanner.Listener {

    /** Of the files that are read; of the manifest, which lists every file, the last bytes. */
    private static final int KEPT_BYTES = 64 * 1024;

    private static final Pattern RANGE = Pattern.compile(
            "\"Timeline\":\\s*(\\d+),\\s*\"Start-LSN\":\\s*\"([^\"]+)\",\\s*\"End-LSN\":\\s*\"([^\"]+)\"");

    private final TarScanner scanner = new TarScanner(this);
    private final ByteArrayOutputStream label = new ByteArrayOutputStream();
    private final ByteArrayOutputStream version = new ByteArrayOutputStream();
    private final ByteArrayOutputStream control = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tablespaces = new ByteArrayOutputStream();
    private final Tail manifest = new Tail(KEPT_BYTES);
    private String current = "";
    private long bytes;

    /** The next bytes of the archive. */
    void feed(byte[] buffer, int offset, int length) throws IOException {
        bytes += length;
        try {
            scanner.feed(buffer, offset, length);
        } catch (IOException e) {
            throw new IOException("the output of the base backup command is not usable: " + e.getMessage(), e);
        }
    }

    @Override
    public void entry(String name, long size) {
        current = name.startsWith("./") ? name.substring(2) : name;
    }

    @Override
    public void content(byte[] buffer, int offset, int length) {
        switch (current) {
            case "backup_label" -> keep(label, buffer, offset, length);
            case "PG_VERSION" -> keep(version, buffer, offset, length);
            case "global/pg_control" -> keep(control, buffer, offset, length);
            case "tablespace_map" -> keep(tablespaces, buffer, offset, length);
            case "backup_manifest" -> manifest.add(buffer, offset, length);
            default -> {}
        }
    }

    private static void keep(ByteArrayOutputStream to, byte[] buffer, int offset, int length) {
        to.write(buffer, offset, Math.min(length, KEPT_BYTES - to.size()));
    }

    /** What the archive told; fails when it is not a whole base backup. */
    BaseBackupFacts facts() throws IOException {
        if (!scanner.ended()) {
            throw incomplete("it ends in the middle of its archive");
        }
        if (label.size() == 0) {
            throw incomplete("it has no file 'backup_label'");
        }
        if (control.size() < 16 || version.size() == 0) {
            throw incomplete("it has no 'global/pg_control' or no 'PG_VERSION'");
        }
        if (tablespaces.size() > 0) {
            throw incomplete("the cluster has tablespaces outside of its data directory, which are not in it");
        }
        String text = label.toString(StandardCharsets.UTF_8);
        BackupLabel read;
        try {
            read = BackupLabel.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("the output is no base backup: 'backup_label': " + e.getMessage(), e);
        }
        return new BaseBackupFacts(
                version.toString(StandardCharsets.UTF_8).strip(), system(), read, text, stop(), bytes);
    }

    private static IOException incomplete(String why) {
        return new IOException("the output of the base backup command is no whole base backup: " + why);
    }

    /** The first field of pg_control, in the byte order of the server (src/include/catalog/pg_control.h). */
    private String system() {
        ByteBuffer read = ByteBuffer.wrap(control.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        if (Integer.compareUnsigned(read.getInt(8), 0xFFFF) > 0) { // the version of the format is a small number
            read.order(ByteOrder.BIG_ENDIAN);
        }
        return Long.toUnsignedString(read.getLong(0));
    }

    /** Where the backup is consistent, as the manifest of PostgreSQL 13 and later says at its end. */
    private Optional<Lsn> stop() throws IOException {
        Matcher ranges = RANGE.matcher(manifest.text());
        Optional<Lsn> stop = Optional.empty();
        while (ranges.find()) {
            try {
                stop = Optional.of(Lsn.parse(ranges.group(3)));
            } catch (IllegalArgumentException e) {
                throw new IOException("the output is no base backup: 'backup_manifest': " + e.getMessage(), e);
            }
        }
        return stop;
    }

    /** The last bytes of something long. */
    private static final class Tail {

        private final byte[] ring;
        private long count;

        Tail(int size) {
            ring = new byte[size];
        }

        void add(byte[] buffer, int offset, int length) {
            for (int i = Math.max(0, length - ring.length); i < length; i++) {
                ring[(int) ((count + i) % ring.length)] = buffer[offset + i];
            }
            count += length;
        }

        String text() {
            int size = (int) Math.min(count, ring.length);
            byte[] last = new byte[size];
            for (int i = 0; i < size; i++) {
                last[i] = ring[(int) ((count - size + i) % ring.length)];
            }
            return new String(last, StandardCharsets.UTF_8);
        }
    }
}
