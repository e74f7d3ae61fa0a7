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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    private volatile Set<ObjectKey> present = Set.of();
    private volatile Listing latest = new Listing(List.of(), List.of(), Instant.EPOCH);

    /** A catalog that has not looked yet. */
    public Catalog(ObjectStore store, Settings.Objects objects, boolean ignoreHeritage, ZoneId zone, Clock clock) {
        this.store = store;
        this.objects = objects;
        this.ignoreHeritage = ignoreHeritage;
        this.zone = zone;
        this.clock = clock;
        this.tagReader = new TagReader(store);
    }

    /**
     * Reads the store: the listing whole, tags only of objects that are new.
     *
     * @throws io.mgnlbackup.store.StoreException when the listing itself cannot be read
     */
    public Listing refresh() {
        Instant asOf = clock.instant();
        List<StoredObject> ours = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        Set<ObjectKey> seen = new HashSet<>();
        Optional<ListRequest> next = Optional.of(ListRequest.first(objects.prefix()));
        while (next.isPresent()) {
            ListRequest request = next.get();
            ListPage page = store.list(request);
            page.objects().forEach(object -> seen.add(object.key()));
            tagReader.withTags(page.objects(), unreadable).stream()
                    .filter(this::isOurs)
                    .forEach(ours::add);
            next = page.nextToken().map(request::next);
        }
        tagReader.retain(seen);
        present = seen;
        latest = new Listing(entries(ours), unreadable, asOf);
        return latest;
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
        latest = new Listing(IntervalTags.onAll(left, zone), before.unreadable(), before.asOf());
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

    private List<CatalogEntry> entries(List<StoredObject> ours) {
        List<CatalogEntry> plain = ours.stream()
                .map(object -> {
                    Tags tags = object.tags().orElse(Tags.NONE);
                    return new CatalogEntry(object, tags, EntryTime.of(object, tags));
                })
                .toList();
        return IntervalTags.onAll(plain, zone);
    }

    @Override
    public void close() {
        tagReader.close();
    }
}
