package io.mgnlbackup.testing;

import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What WAL mode would have left in a store, without a PostgreSQL: objects with the right names, tags and shape, and nothing real inside. */
public final class ArchivedCluster {

    private static final String SYSTEM = "7381000000000000001";

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final List<Item> items = new ArrayList<>();

    private record Item(String name, Tags tags, Instant time, List<String> files) {}

    /** The name of the segment of this number, on the first timeline. */
    public static String name(int segment) {
        return "00000001%08X%08X".formatted(segment / 256, segment % 256);
    }

    /** Adds a base backup that began and ended in one segment. */
    public ArchivedCluster base(Instant ended, int segment) {
        String stamp = "test-" + NAME.format(ended.minusSeconds(60));
        String base = stamp + "-basebackup.tar.gz";
        String start = "%X/%X".formatted(segment / 256, (segment % 256 << 24) + 0x28);
        String stop = "%X/%X".formatted(segment / 256, (segment % 256 << 24) + 0x100);
        Map<String, String> tags = new TreeMap<>(Map.of(
                ArchiveTags.VARIANT,
                ArchiveTags.TX_LOG_ARCHIVING,
                ArchiveTags.START,
                ended.minusSeconds(60).toString()));
        items.add(new Item(
                base,
                withHeritage(tags),
                ended.minusSeconds(60),
                List.of("PG_VERSION", "postgresql.auto.conf", "global/pg_control")));
        tags.putAll(Map.of(
                ArchiveTags.PARENT,
                base,
                ArchiveTags.END,
                ended.toString(),
                ArchiveTags.VERSION,
                "15",
                ArchiveTags.SYSTEM,
                SYSTEM,
                ArchiveTags.FIRST,
                name(segment),
                ArchiveTags.LAST,
                name(segment),
                ArchiveTags.START_LSN,
                start,
                ArchiveTags.STOP_LSN,
                stop,
                ArchiveTags.SEGMENT_BYTES,
                "16777216",
                ArchiveTags.TIMELINE,
                "1"));
        items.add(new Item(stamp + "-bundle.json.gz", withHeritage(tags), ended, List.of()));
        return this;
    }

    /** Adds a segment with transactions between two instants. */
    public ArchivedCluster segment(int number, Instant first, Instant last) {
        items.add(new Item(
                "test-" + NAME.format(last) + "-" + name(number) + "-txlog.tar.gz",
                withHeritage(Map.of(
                        ArchiveTags.VARIANT,
                        ArchiveTags.TX_LOG_ARCHIVING,
                        ArchiveTags.FILE,
                        name(number),
                        ArchiveTags.SYSTEM,
                        SYSTEM,
                        ArchiveTags.SEGMENT_BYTES,
                        "16777216",
                        ArchiveTags.FIRST_COMMIT,
                        first.toString(),
                        ArchiveTags.LAST_COMMIT,
                        last.toString())),
                last,
                List.of(name(number))));
        return this;
    }

    /** Adds segments from one number to another, each of an equal time, the first of which begins at an instant. */
    public ArchivedCluster segments(int from, int to, Instant begin, Duration each) {
        for (int i = from; i <= to; i++) {
            Instant first = begin.plus(each.multipliedBy(i - from));
            segment(i, first, first.plus(each).minusMillis(1));
        }
        return this;
    }

    private static Tags withHeritage(Map<String, String> tags) {
        return Tags.of(tags).with("heritage", "tests");
    }

    /** As a catalog shows it. */
    public List<CatalogEntry> entries() {
        return items.stream()
                .map(item -> new CatalogEntry(
                        new StoredObject(new ObjectKey(item.name), 1000, item.time, "", Optional.of(item.tags)),
                        item.tags,
                        item.time))
                .toList();
    }

    /** As it is asked how far it reaches. */
    public ClusterArchive cluster() {
        return WalArchive.of(entries()).newestCluster().orElseThrow();
    }

    /** Puts it into a store folder. */
    public void writeTo(Path store) {
        try {
            Files.createDirectories(store);
            for (Item item : items) {
                try (OutputStream out = Files.newOutputStream(store.resolve(item.name))) {
                    if (item.name.endsWith("-bundle.json.gz")) {
                        writeMeta(item, out);
                    } else {
                        write(item, out);
                    }
                }
                Files.writeString(store.resolve("." + item.name + ".tags"), item.tags.encode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeMeta(Item item, OutputStream out) throws IOException {
        try (GZIPOutputStream json = new GZIPOutputStream(out)) {
            json.write("{\"base_backup\":\"%s\",\"start_wal\":\"%s\"}"
                    .formatted(
                            item.tags.get(ArchiveTags.PARENT).orElseThrow(),
                            item.tags.get(ArchiveTags.FIRST).orElseThrow())
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void write(Item item, OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            for (String file : item.files) {
                byte[] content = ("content of " + file + "\n").getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
    }
}
