package io.mgnlbackup.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.format.Expected;
import io.mgnlbackup.format.FormatException;
import io.mgnlbackup.format.GzipReader;
import io.mgnlbackup.format.MetaObject;
import io.mgnlbackup.format.PackedWalFile;
import io.mgnlbackup.format.TarGz;
import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.postgres.WalHeader;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.WatchedStream;
import io.mgnlbackup.verify.Verdict.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** Reads objects back, one at a time and streamed. Safe for many threads. */
final class ObjectCheck {

    /** A list of links has a few hundred bytes for each. */
    private static final int MOST_JSON_BYTES = 64 << 20;

    private static final List<String> IN_EVERY_BASE_BACKUP = List.of("backup_label", "global/pg_control");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectStore store;
    private final Map<String, CatalogEntry> metas;
    private final LongConsumer progress;

    /**
     * Checks objects of a store.
     *
     * @param metas meta objects by the name of their base backup
     * @param progress is told of bytes as they are read, from any thread
     */
    ObjectCheck(ObjectStore store, Map<String, CatalogEntry> metas, LongConsumer progress) {
        this.store = store;
        this.metas = metas;
        this.progress = progress;
    }

    /** Reads one object to its end. */
    Verdict check(CatalogEntry entry) {
        long[] bytes = new long[1];
        try (Payload payload = store.get(GetRequest.whole(entry.object().key()));
                InputStream in = counted(payload.stream(), bytes)) {
            Optional<String> unproven = read(entry, in);
            in.transferTo(OutputStream.nullOutputStream());
            if (bytes[0] != entry.object().size()) {
                return new Verdict(
                        entry.name(),
                        State.DAMAGED,
                        "it has " + bytes[0] + " bytes, and the list says "
                                + entry.object().size(),
                        bytes[0]);
            }
            return new Verdict(
                    entry.name(), unproven.isPresent() ? State.UNPROVEN : State.GOOD, unproven.orElse(""), bytes[0]);
        } catch (FormatException e) {
            return new Verdict(entry.name(), State.DAMAGED, e.getMessage(), bytes[0]);
        } catch (IOException e) {
            return new Verdict(entry.name(), State.UNREADABLE, String.valueOf(e.getMessage()), bytes[0]);
        } catch (Problem e) {
            boolean gone = e.kind() == Problem.Kind.NOT_FOUND;
            return new Verdict(entry.name(), gone ? State.MISSING : State.UNREADABLE, e.getMessage(), bytes[0]);
        }
    }

    private InputStream counted(InputStream in, long[] bytes) {
        return new WatchedStream(in) {
            @Override
            protected void saw(byte[] buffer, int offset, int length) {
                bytes[0] += length;
                progress.accept(length);
            }

            @Override
            protected void sawEnd() {}
        };
    }

    /** Why nothing is proven; empty when it is. */
    private Optional<String> read(CatalogEntry entry, InputStream in) throws IOException {
        Optional<BackupKind> kind = BackupKind.of(entry.name());
        if (kind.isEmpty()) {
            return Optional.of("it is of no kind that is known; only its length was checked");
        }
        return switch (kind.get()) {
            case DUMP -> dump(entry, in);
            case BASE_BACKUP -> baseBackup(entry, in);
            case META -> meta(entry, in);
            case WAL -> wal(entry, in);
            case RESTORE -> json(entry, in);
        };
    }

    private static Expected expected(CatalogEntry entry, Optional<String> sha256) {
        return new Expected(
                entry.name(), sha256, entry.tags().get(ArchiveTags.SEALED).isPresent());
    }

    private static Optional<String> unlessProven(boolean proven) {
        return proven ? Optional.empty() : Optional.of("it carries no checksum; it can be unpacked to its end");
    }

    private static Optional<String> dump(CatalogEntry entry, InputStream in) throws IOException {
        GzipReader reader = new GzipReader(in, entry.name());
        reader.transferTo(OutputStream.nullOutputStream());
        return unlessProven(reader.isProven(expected(entry, Optional.empty())));
    }

    private Optional<String> baseBackup(CatalogEntry entry, InputStream in) throws IOException {
        Optional<String> sum = Optional.ofNullable(metas.get(entry.name()))
                .flatMap(meta -> meta.tags().get(ArchiveTags.SHA256));
        Set<String> missing = new HashSet<>(IN_EVERY_BASE_BACKUP);
        boolean proven = TarGz.read(in, expected(entry, sum), (file, content) -> missing.remove(file.getName()));
        if (!missing.isEmpty()) {
            throw new FormatException("'" + entry.name() + "' is no whole base backup: there is no "
                    + String.join(" and no ", missing) + " in it");
        }
        return unlessProven(proven);
    }

    private static Optional<String> meta(CatalogEntry entry, InputStream in) throws IOException {
        return unlessProven(MetaObject.read(
                in, expected(entry, Optional.empty()), name -> entry.tags().get(name)));
    }

    private static Optional<String> json(CatalogEntry entry, InputStream in) throws IOException {
        byte[] text = in.readNBytes(MOST_JSON_BYTES);
        try {
            JSON.readTree(text);
        } catch (IOException e) { // from memory: bytes that are no text in any encoding
            throw new FormatException("'" + entry.name() + "' is damaged: it is no JSON");
        }
        return Optional.of("it carries no checksum; it is a list of links that expire");
    }

    private static Optional<String> wal(CatalogEntry entry, InputStream in) throws IOException {
        Optional<String> sum = entry.tags().get(ArchiveTags.SHA256);
        PackedWalFile.read(in, expected(entry, sum), (file, bytes) -> {
            Optional<String> named = entry.tags().get(ArchiveTags.FILE);
            if (named.isPresent() && !named.get().equals(file)) {
                throw new FormatException("'" + entry.name() + "' holds '" + file + "' and not '" + named.get() + "'");
            }
            return new HeaderCheck(entry.name(), file, bytes);
        });
        return unlessProven(sum.isPresent());
    }

    /** Looks at the beginning of a WAL file and drops the rest. */
    private static final class HeaderCheck extends OutputStream {

        private final String object;
        private final WalFileName file;
        private final long bytes;
        private final ByteArrayOutputStream start = new ByteArrayOutputStream();

        HeaderCheck(String object, String file, long bytes) {
            this.object = object;
            this.file = WalFileName.of(file);
            this.bytes = bytes;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            start.write(buffer, offset, Math.min(length, Math.max(0, WalHeader.BYTES - start.size())));
        }

        @Override
        public void close() throws IOException {
            if (file.kind() != WalFileName.Kind.SEGMENT && file.kind() != WalFileName.Kind.PARTIAL) {
                return;
            }
            Optional<String> wrong;
            try {
                wrong = WalHeader.parse(start.toByteArray())
                        .contradiction(file.segment().orElseThrow(), bytes);
            } catch (IllegalArgumentException e) {
                wrong = Optional.of(String.valueOf(e.getMessage()));
            }
            if (wrong.isPresent()) {
                throw new FormatException("'" + object + "' holds no such WAL segment: " + wrong.get());
            }
        }
    }
}
