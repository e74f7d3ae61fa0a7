package io.mgnlbackup.testing;

import com.github.f4b6a3.ulid.UlidCreator;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.postgres.Lsn;
import io.mgnlbackup.postgres.TimelineHistory;
import io.mgnlbackup.postgres.WalSegmentName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A cluster that writes WAL, is backed up and changes timelines, as far as the objects go that it leaves in a store: a segment at a time,
 * with one transaction at the end of each.
 */
public final class WalArchiveModel {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final FakeStore store;
    private final Duration segmentTime;
    private final Map<Long, TimelineHistory> histories = new HashMap<>();
    private Instant now;
    private long timeline = 1;
    private long newestTimeline = 1;
    private WalSegmentName next = WalSegmentName.parse("000000010000000000000001");

    /** A cluster that begins now and fills a segment in some time. */
    public WalArchiveModel(FakeStore store, Instant begin, Duration segmentTime) {
        this.store = store;
        this.now = begin;
        this.segmentTime = segmentTime;
        histories.put(1L, TimelineHistory.ofFirst(1));
    }

    /** What time it is. */
    public Instant now() {
        return now;
    }

    /** The segment that will be written next. */
    public WalSegmentName next() {
        return next;
    }

    /** Writes segments; answers their names. */
    public List<String> write(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            now = now.plus(segmentTime);
            String name = next.toString();
            put(
                    name,
                    Map.of(
                            ArchiveTags.FIRST,
                            name,
                            ArchiveTags.LAST,
                            name,
                            ArchiveTags.SEGMENT_BYTES,
                            "" + WalFiles.SIZE.bytes(),
                            ArchiveTags.FIRST_COMMIT,
                            now.minusMillis(1).toString(),
                            ArchiveTags.LAST_COMMIT,
                            now.minusMillis(1).toString()));
            names.add(name);
            next = next.next(WalFiles.SIZE);
        }
        return names;
    }

    /** Takes a base backup while two segments are written; answers its name. */
    public String baseBackup() {
        Instant started = now;
        WalSegmentName first = next;
        write(1);
        WalSegmentName last = next;
        Instant ended = now.plusMillis(1);
        write(1);
        String base = "p-" + SECOND.format(started) + "-basebackup.tar.gz";
        store.with(base, tags(Map.of(), started));
        Map<String, String> facts = new HashMap<>();
        facts.put(ArchiveTags.PARENT, base);
        facts.put(ArchiveTags.START, started.toString());
        facts.put(ArchiveTags.END, ended.toString());
        facts.put(ArchiveTags.SYSTEM, "" + WalFiles.SYSTEM);
        facts.put(ArchiveTags.FIRST, first.toString());
        facts.put(ArchiveTags.LAST, last.toString());
        facts.put(ArchiveTags.START_LSN, first.start(WalFiles.SIZE).toString());
        facts.put(ArchiveTags.STOP_LSN, new Lsn(last.start(WalFiles.SIZE).value() + 100).toString());
        facts.put(ArchiveTags.SEGMENT_BYTES, "" + WalFiles.SIZE.bytes());
        store.with("p-" + SECOND.format(started) + "-bundle.json.gz", tags(facts, ended));
        return base;
    }

    /** Restores to the start of a segment and goes on from there on a timeline of its own; answers that. */
    public long branchAt(WalSegmentName place) {
        TimelineHistory from = histories.getOrDefault(timeline, TimelineHistory.ofFirst(timeline));
        newestTimeline++;
        List<TimelineHistory.Ancestor> ancestors = new ArrayList<>(from.ancestors());
        long parent = from.holding(place, WalFiles.SIZE);
        ancestors.removeIf(ancestor -> ancestor.timeline() >= parent);
        ancestors.add(new TimelineHistory.Ancestor(
                parent, new Lsn(place.start(WalFiles.SIZE).value() + 64)));
        TimelineHistory history = new TimelineHistory(newestTimeline, ancestors);
        histories.put(newestTimeline, history);
        timeline = newestTimeline;
        next = new WalSegmentName(timeline, place.log(), place.part());
        now = now.plusSeconds(1);
        archiveHistory();
        return timeline;
    }

    private void archiveHistory() {
        String text = Objects.requireNonNull(histories.get(timeline)).toText();
        put("%08X.history".formatted(timeline), Map.of(ArchiveTags.HISTORY, text));
    }

    /** The history of this timeline was archived only now, after its first segments. */
    public void historyCameLate() {
        store.remove(object("%08X.history".formatted(timeline)));
        archiveHistory();
    }

    /** Goes on where an older timeline was left, as if the newer one were that of a copy. */
    public void goOnAt(String segment) {
        next = WalSegmentName.parse(segment);
        timeline = next.timeline();
    }

    /** Time goes by without a transaction. */
    public void rest(Duration time) {
        now = now.plus(time);
    }

    private void put(String file, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put(ArchiveTags.FILE, file);
        all.put(ArchiveTags.SYSTEM, "" + WalFiles.SYSTEM);
        store.with("p-" + SECOND.format(now) + "-" + file + "-txlog.tar.gz", tags(all, now));
    }

    private static Map<String, String> tags(Map<String, String> more, Instant time) {
        Map<String, String> all = new HashMap<>(more);
        all.put("heritage", "ours");
        all.put("ulid", UlidCreator.getUlid(time.toEpochMilli()).toString());
        all.put(ArchiveTags.VARIANT, ArchiveTags.TX_LOG_ARCHIVING);
        return all;
    }

    /** The name of the object that holds a file. */
    public String object(String file) {
        return store.names().stream()
                .filter(name -> name.contains("-" + file + "-txlog"))
                .findFirst()
                .orElseThrow();
    }
}
