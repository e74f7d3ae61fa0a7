package io.mgnlbackup.verify;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.catalog.VerifiedRecord;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.format.FormatException;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.Upload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what was verified and when, in one small object of the store, so that a restart forgets nothing, and the command, the server and a
 * sidecar that only reads know the same. Whoever writes takes in first what others have written. What a crash loses is verified again. Safe
 * for many threads.
 */
public final class Journal {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Settings.Objects objects;
    private final boolean readOnly;
    private final Catalog catalog;
    private final ObjectStore store;
    private final ObjectKey key;
    private final Map<String, Verified> known = new ConcurrentHashMap<>();
    private volatile Instant started = Instant.EPOCH;
    private volatile Instant ended = Instant.EPOCH;
    private volatile boolean loaded;
    private String etag = "";

    /**
     * Remembers nothing yet.
     *
     * @param readOnly nothing is written then, only kept in memory
     */
    public Journal(Settings.Objects objects, boolean readOnly, Catalog catalog, ObjectStore store) {
        this.objects = objects;
        this.readOnly = readOnly;
        this.catalog = catalog;
        this.store = store;
        this.key = VerifiedRecord.key(objects);
    }

    /** What is known of an object, as it is now. */
    public Optional<Verified> of(CatalogEntry entry) {
        return Optional.ofNullable(known.get(entry.name()))
                .filter(verified -> verified.etag().equals(entry.object().etag()));
    }

    /** When the last run began that could read all that it wanted; the epoch for never. */
    public Instant started() {
        return started;
    }

    /** When it ended; the epoch for never. */
    public Instant ended() {
        return ended;
    }

    /** Whether the store was asked what others know; until then, nothing is known and that says nothing. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Remembers a verdict, if it is one. */
    void add(CatalogEntry entry, Verdict verdict, Instant now) {
        if (Verified.tells(verdict.state())) {
            known.put(
                    entry.name(),
                    new Verified(entry.name(), entry.object().etag(), now, verdict.state(), verdict.reason()));
        }
    }

    /** Remembers a whole run. */
    public void add(Listing listing, Report report) {
        Map<String, CatalogEntry> entries =
                listing.entries().stream().collect(Collectors.toMap(CatalogEntry::name, entry -> entry, (a, b) -> a));
        Instant now = report.startedAt().plus(report.duration());
        for (Verdict verdict : report.verdicts()) {
            Optional.ofNullable(entries.get(verdict.name())).ifPresent(entry -> add(entry, verdict, now));
        }
        ran(report);
    }

    /** Remembers that a run could read all that it wanted. */
    void ran(Report report) {
        if (report.failure().isEmpty() && report.count(Verdict.State.UNREADABLE) == 0) {
            started = report.startedAt();
            ended = report.startedAt().plus(report.duration());
        }
    }

    /** Takes in what others have written; asks the store only at first, and when the catalog saw that it is another object. */
    public synchronized void refresh() {
        String seen = catalog.verifiedRecordEtag();
        if (loaded && (seen.isEmpty() || seen.equals(etag))) {
            return;
        }
        try {
            load();
            loaded = true;
        } catch (IOException | Problem e) {
            LOG.warn("cannot read what was verified so far: {}", e.getMessage());
        }
    }

    private void load() throws IOException {
        try {
            String current = store.head(key).etag();
            if (!current.equals(etag)) {
                try (Payload payload = store.get(GetRequest.whole(key))) {
                    merge(VerifiedText.read(objects.heritage(), key.value(), payload.stream()));
                } catch (FormatException e) {
                    LOG.warn("what was verified before is lost: {}", e.getMessage()); // and is written anew
                }
                etag = current;
            }
        } catch (Problem e) {
            if (e.kind() != Problem.Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private void merge(VerifiedText.Content content) {
        content.objects()
                .forEach(object -> known.merge(
                        object.name(), object, (mine, other) -> mine.at().isAfter(other.at()) ? mine : other));
        if (content.ended().isAfter(ended)) {
            started = content.started();
            ended = content.ended();
        }
    }

    /** Writes down what is known of objects that are still there. A failure is told in the log: the next time may work. */
    public synchronized void save(Listing listing) {
        Set<String> there = listing.entries().stream().map(CatalogEntry::name).collect(Collectors.toSet());
        try {
            load();
            known.keySet().retainAll(there);
            if (!readOnly) {
                byte[] text = VerifiedText.write(
                        objects.heritage(), new VerifiedText.Content(started, ended, newest().toList()));
                etag = store.put(new Upload(
                                key,
                                objects.tags().with(Catalog.HERITAGE, objects.heritage()),
                                Payload.ofLength(new ByteArrayInputStream(text), text.length)))
                        .etag();
            }
        } catch (IOException | Problem e) {
            LOG.warn("cannot write down what was verified: {}", e.getMessage());
        }
    }

    /** Damaged ones first, since there is a bound. */
    private Stream<Verified> newest() {
        return known.values().stream()
                .sorted(Comparator.comparing((Verified object) -> object.state() != Verdict.State.DAMAGED)
                        .thenComparing(Comparator.comparing(Verified::at).reversed()))
                .limit(VerifiedText.MOST);
    }
}
