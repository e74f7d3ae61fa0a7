package io.mgnlbackup.catalog;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects that somebody else has put beside ours, or whose tags somebody has changed. */
public final class CatalogFuzz {

    private static final int MOST_OBJECTS = 16;

    private CatalogFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("stored-tags", CatalogFuzz::tags, "ordering", CatalogFuzz::ordering);
    }

    /** Objects of an input, a line each: the name and the encoded tags, with a blank between them. */
    public static List<CatalogEntry> entries(String text) {
        Map<String, CatalogEntry> entries = new LinkedHashMap<>();
        for (String line : text.split("\n", MOST_OBJECTS)) {
            int blank = line.indexOf(' ');
            Optional<ObjectKey> key = ObjectKey.parse(blank < 0 ? line : line.substring(0, blank));
            if (key.isEmpty()) {
                continue;
            }
            Tags tags;
            try {
                tags = Tags.decode(blank < 0 ? "" : line.substring(blank + 1));
            } catch (IllegalArgumentException e) {
                continue;
            }
            StoredObject object = new StoredObject(key.get(), 100, Instant.EPOCH, "etag", Optional.of(tags));
            entries.put(key.get().value(), new CatalogEntry(object, tags, EntryTime.of(object, tags)));
        }
        return List.copyOf(entries.values());
    }

    /** Whatever the tags, a listing can be made of them, and no object gets lost on the way. */
    static void tags(byte[] input) {
        List<CatalogEntry> entries = entries(Fuzzed.text(input));
        List<CatalogEntry> intervals = IntervalTags.onAll(entries, ZoneOffset.UTC);
        require(intervals.size() == entries.size(), "all of them");
        Map<Boolean, List<CatalogEntry>> complete = BaseBackupTags.complete(entries);
        require(complete.values().stream().mapToInt(List::size).sum() == entries.size(), "all of them");
        List<CatalogEntry> parents = ParentTags.onAll(intervals);
        require(parents.size() == entries.size(), "all of them");
        WalArchive archive = WalArchive.of(parents);
        require(archive.files().size() <= entries.size(), "no more files than objects");
        archive.newestCluster().ifPresent(cluster -> {
            for (long timeline : cluster.timelines()) {
                require(cluster.history(timeline).timeline() == timeline, "its history", timeline);
                cluster.chains(timeline).forEach(CatalogFuzz::checkChain);
            }
            WalGaps.find(cluster, Set.of()).forEach(gap -> require(gap.count() > 0, "a gap", gap));
        });
    }

    private static void checkChain(WalChain chain) {
        require(!chain.reachesUntil().isBefore(chain.base().endedAt()), "from its end on", chain);
        require(
                !chain.isConsistent()
                        || chain.filesUntil(chain.reachesUntil())
                                <= chain.files().size(),
                "files that there are",
                chain);
    }

    /** In every order there are the same entries, and it turns round. */
    static void ordering(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 2);
        List<CatalogEntry> entries = entries(lines.get(1));
        Optional<String> key = Optional.of(lines.get(0)).filter(text -> !text.isEmpty());
        List<CatalogEntry> up = new Ordering(key, false).sort(entries);
        List<CatalogEntry> down = new Ordering(key, true).sort(entries);
        require(up.size() == entries.size() && up.containsAll(entries), "all of them", lines);
        require(new ArrayList<>(down).containsAll(entries) && down.size() == entries.size(), "all of them", lines);
    }
}
