package io.mgnlbackup.catalog;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The backups in the store: lists them page by page, reads their tags, leaves out what is not ours. Safe for many threads. */
public final class Catalog implements AutoCloseable {

    /** The tag that separates backup sets which share a bucket. */
    public static final String HERITAGE = "heritage";

    /** The tag that identifies a backup and orders it by time. */
    public static final String ULID = "ulid";

    private final ObjectStore store;
    private final Settings.Objects objects;
    private final boolean ignoreHeritage;
    private final ZoneId zone;
    private final Clock clock;
    private final TagReader tagReader;
    private final ObjectKey recordKey;
    private final Object refreshing = new Object();
    private final Map<ObjectKey, StoredObject> storedMeanwhile = new HashMap<>();
    private volatile Set<ObjectKey> present = ConcurrentHashMap.newKeySet();
    private volatile Map<String, CatalogEntry> archivedFiles = new ConcurrentHashMap<>();
    private volatile List<BaseBackup> bases = List.of();
    private volatile String recordEtag = "";
    private volatile Listing latest = new Listing(List.of(), List.of(), List.of(), Instant.EPOCH);

    /** A catalog that has not looked yet. */
    public Catalog(ObjectStore store, Settings.Objects objects, boolean ignoreHeritage, ZoneId zone, Clock clock) {
        this.store = store;
        this.objects = objects;
        this.ignoreHeritage = ignoreHeritage;
        this.zone = zone;
        this.clock = clock;
        this.tagReader = new TagReader(store);
        this.recordKey = VerifiedRecord.key(objects);
    }

    /**
     * Reads the store: the listing whole, tags only of objects that are new.
     *
     * @throws io.mgnlbackup.store.StoreException when the listing itself cannot be read
     */
    public Listing refresh() {
        synchronized (refreshing) {
            synchronized (this) {
                storedMeanwhile.clear();
            }
            return look();
        }
    }

    private Listing look() {
        Instant asOf = clock.instant();
        List<StoredObject> ours = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        Set<ObjectKey> seen = ConcurrentHashMap.newKeySet();
        Optional<ListRequest> next = Optional.of(ListRequest.first(objects.prefix()));
        while (next.isPresent()) {
            ListRequest request = next.get();
            ListPage page = store.list(request);
            page.objects().forEach(object -> seen.add(object.key()));
            tagReader.withTags(withoutRecords(page.objects()), unreadable).stream()
                    .filter(this::isOurs)
                    .forEach(ours::add);
            next = page.nextToken().map(request::next);
        }
        synchronized (this) {
            storedMeanwhile.values().stream()
                    .filter(object -> seen.add(object.key()))
                    .forEach(ours::add);
            tagReader.retain(seen);
            present = seen;
            latest = listing(ours, unreadable, asOf);
            archivedFiles = byFile(latest.entries());
            bases = WalArchive.bases(latest.entries());
            return latest;
        }
    }

    private List<StoredObject> withoutRecords(List<StoredObject> page) {
        page.stream().filter(object -> object.key().equals(recordKey)).forEach(object -> recordEtag = object.etag());
        return page.stream().filter(object -> !VerifiedRecord.is(object.key())).toList();
    }

    /** What the last look saw of the object that says what was verified; empty for none. */
    public String verifiedRecordEtag() {
        return recordEtag;
    }

    /** Adds what one of us has just stored, so that it is known without another look. */
    public synchronized void stored(StoredObject confirmed) {
        if (confirmed.tags().isEmpty() || !isOurs(confirmed)) {
            return;
        }
        StoredObject object = tagReader.remember(confirmed, confirmed.tags().get());
        storedMeanwhile.put(object.key(), object);
        present.add(object.key());
        CatalogEntry entry = entry(object);
        if (BackupKind.of(entry.name()).filter(kind -> kind == BackupKind.WAL).isPresent()) {
            latest = latest.with(entry); // there are many, and nothing else follows from one more
        } else {
            latest = withAllTagsAnew(object);
            bases = WalArchive.bases(latest.entries());
        }
        object.tags().flatMap(tags -> tags.get(ArchiveTags.FILE)).ifPresent(file -> archivedFiles.put(file, entry));
    }

    private Listing withAllTagsAnew(StoredObject object) {
        List<StoredObject> ours = new ArrayList<>(latest.objects());
        ours.removeIf(known -> known.key().equals(object.key()));
        ours.add(object);
        ours.sort(Comparator.comparing(StoredObject::key));
        return listing(ours, latest.unreadable(), latest.asOf());
    }

    /** The base backup that ended last, as known now. */
    public Optional<BaseBackup> newestBase() {
        List<BaseBackup> known = bases;
        return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
    }

    /** The cluster that is archived: of the newest base backup, else of the newest file that says; empty for a new archive. */
    public Optional<String> system() {
        return newestBase()
                .map(BaseBackup::system)
                .or(() -> archivedFiles.values().stream()
                        .max(Comparator.comparing(CatalogEntry::time))
                        .flatMap(entry -> entry.tags().get(ArchiveTags.SYSTEM)));
    }

    /** The object that holds an archived WAL file, as known now. */
    public Optional<CatalogEntry> archivedFile(String file) {
        return Optional.ofNullable(archivedFiles.get(file));
    }

    private static Map<String, CatalogEntry> byFile(List<CatalogEntry> entries) {
        Map<String, CatalogEntry> files = new ConcurrentHashMap<>();
        entries.forEach(entry -> entry.tags().get(ArchiveTags.FILE).ifPresent(file -> files.putIfAbsent(file, entry)));
        return files;
    }

    /** What the last look saw; empty before the first. */
    public Listing latest() {
        return latest;
    }

    /** Whether the store held an object of this name at the last look, ours or not. */
    public boolean holds(ObjectKey key) {
        return present.contains(key);
    }

    /** Takes out of the last look what somebody of us has deleted since. */
    public synchronized void deleted(Collection<ObjectKey> keys) {
        Set<ObjectKey> gone = Set.copyOf(keys);
        Listing before = latest;
        List<CatalogEntry> left = before.entries().stream()
                .filter(entry -> !gone.contains(entry.object().key()))
                .toList();
        List<CatalogEntry> leftUnfinished = before.unfinished().stream()
                .filter(entry -> !gone.contains(entry.object().key()))
                .toList();
        storedMeanwhile.keySet().removeAll(gone);
        latest = new Listing(IntervalTags.onAll(left, zone), leftUnfinished, before.unreadable(), before.asOf());
        archivedFiles = byFile(latest.entries());
        bases = WalArchive.bases(latest.entries());
    }

    /** Forgets all tags that were read, so that the next look asks the store anew. */
    public void forget() {
        tagReader.forget();
    }

    /** The newest backup that the last look saw. */
    public Optional<CatalogEntry> newestBackup() {
        return latest.entries().stream()
                .filter(entry ->
                        BackupKind.of(entry.name()).filter(BackupKind::isBackup).isPresent())
                .max(Comparator.comparing(CatalogEntry::time));
    }

    /** Tags of a new backup with the intervals that it begins, seen from the last look. */
    public Tags withIntervals(Tags tags, Instant start) {
        return IntervalTags.onNew(latest.entries(), tags, start, zone);
    }

    private boolean isOurs(StoredObject object) {
        Optional<String> heritage = object.tags().flatMap(tags -> tags.get(HERITAGE));
        return ignoreHeritage
                ? heritage.isPresent()
                : heritage.filter(objects.heritage()::equals).isPresent();
    }

    private static CatalogEntry entry(StoredObject object) {
        Tags tags = object.tags().orElse(Tags.NONE);
        return new CatalogEntry(object, tags, EntryTime.of(object, tags));
    }

    private Listing listing(List<StoredObject> ours, List<String> unreadable, Instant asOf) {
        Map<Boolean, List<CatalogEntry>> plain =
                BaseBackupTags.complete(ours.stream().map(Catalog::entry).toList());
        return new Listing(
                IntervalTags.onAll(ParentTags.onAll(plain.getOrDefault(true, List.of())), zone),
                plain.getOrDefault(false, List.of()),
                unreadable,
                asOf);
    }

    @Override
    public void close() {
        tagReader.close();
    }
}
