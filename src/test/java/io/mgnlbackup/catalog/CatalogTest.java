package io.mgnlbackup.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.FakeStore;
import io.mgnlbackup.testing.SetClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final Map<String, String> OURS = Map.of("heritage", "ours");

    private final FakeStore store = new FakeStore();

    private Catalog catalog(boolean ignoreHeritage) {
        return new Catalog(
                store,
                new Settings.Objects("p", "ours", Tags.NONE),
                ignoreHeritage,
                ZoneOffset.UTC,
                new SetClock("2026-03-01T00:00:00Z"));
    }

    private static List<String> names(Listing listing) {
        return listing.entries().stream().map(CatalogEntry::name).toList();
    }

    @Test
    void showsOnlyObjectsOfOurHeritageInStoreOrder() {
        store.with("p-2026-01-02-000000.sql.gz", OURS)
                .with("p-2026-01-01-000000.sql.gz", OURS)
                .with("p-2026-01-03-000000.sql.gz", Map.of("heritage", "theirs"))
                .with("p-holiday.jpg", Map.of())
                .with("q-2026-01-01-000000.sql.gz", OURS);
        assertThat(names(catalog(false).refresh()))
                .containsExactly("p-2026-01-01-000000.sql.gz", "p-2026-01-02-000000.sql.gz");
        assertThat(names(catalog(true).refresh()))
                .as("every heritage, but no strangers")
                .hasSize(3);
    }

    @Test
    void readsEveryPage() {
        for (int i = 0; i < 2_500; i++) {
            store.with("p-%05d.sql.gz".formatted(i), OURS);
        }
        assertThat(names(catalog(false).refresh())).hasSize(2_500).isSorted();
        assertThat(store.lists()).isEqualTo(3);
    }

    @Test
    void asksEachObjectForItsTagsOnce() {
        store.with("p-1.sql.gz", OURS).with("p-2.sql.gz", OURS);
        Catalog catalog = catalog(false);
        catalog.refresh();
        catalog.refresh();
        assertThat(store.heads()).isEqualTo(2);
        store.with("p-3.sql.gz", OURS);
        catalog.refresh();
        assertThat(store.heads()).as("one more for the new one").isEqualTo(3);
        store.with("p-3.sql.gz", OURS, "another etag");
        catalog.refresh();
        assertThat(store.heads()).as("one more for the changed one").isEqualTo(4);
        catalog.forget();
        catalog.refresh();
        assertThat(store.heads()).as("all again").isEqualTo(7);
    }

    @Test
    void saysWhatItCouldNotReadAndShowsTheRest() {
        store.with("p-1.sql.gz", OURS).with("p-2.sql.gz", OURS);
        store.makeUnreadable("p-1.sql.gz");
        Listing listing = catalog(false).refresh();
        assertThat(names(listing)).containsExactly("p-2.sql.gz");
        assertThat(listing.unreadable()).containsExactly("p-1.sql.gz");
    }

    @Test
    void aStoreThatIsDownIsAnErrorAndTheLastListingStays() {
        store.with("p-1.sql.gz", OURS);
        Catalog catalog = catalog(false);
        catalog.refresh();
        store.setDown(true);
        assertThatThrownBy(catalog::refresh).isInstanceOf(StoreException.class).hasMessageContaining("does not answer");
        assertThat(names(catalog.latest())).containsExactly("p-1.sql.gz");
    }

    @Test
    void takesTheTimeFromTheUlidThenTheNameThenTheStore() {
        store.with("p-2026-01-02-030405.sql.gz", OURS)
                .with("p-2026-01-02-999999.sql.gz", OURS)
                .with("p-z.sql.gz", Map.of("heritage", "ours", "ulid", "01ARZ3NDEKTSV4RRFFQ69G5FAV"));
        assertThat(catalog(false).refresh().entries())
                .extracting(CatalogEntry::time)
                .containsExactly(
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Instant.EPOCH, // digits, but no time
                        Instant.ofEpochMilli(1469922850259L)); // the ULID specification's example
    }

    @Test
    void theFirstOfAWeekAndAMonthIsMarkedWhateverTheObjectSays() {
        store.with("p-2026-01-31-000000.sql.gz", OURS) // a Saturday
                .with(
                        "p-2026-02-01-000000.sql.gz",
                        Map.of("heritage", "ours", "weekly", "true")) // same week, new month
                .with("p-2026-02-02-000000.sql.gz", OURS) // a Monday
                .with("p-2026-02-02-000001-txlog.tar.gz", OURS);
        Listing listing = catalog(false).refresh();
        assertThat(listing.entries().stream().map(entry -> marks(entry))).containsExactly("dwm", "d-m", "dw-", "---");
        assertThat(listing.count("daily")).isEqualTo(3);
        assertThat(listing.bytes()).isEqualTo(400);
    }

    @Test
    void aNewBackupGetsTheIntervalsThatItBegins() {
        store.with("p-2026-02-02-000000.sql.gz", OURS);
        Catalog catalog = catalog(false);
        catalog.refresh();
        assertThat(catalog.withIntervals(Tags.of(Map.of("a", "b")), Instant.parse("2026-02-03T00:00:00Z"))
                        .values())
                .isEqualTo(Map.of("a", "b", "daily", "true"));
        assertThat(catalog.withIntervals(Tags.NONE, Instant.parse("2026-02-09T00:00:00Z"))
                        .values())
                .isEqualTo(Map.of("daily", "true", "weekly", "true"));
        assertThat(catalog.withIntervals(Tags.NONE, Instant.parse("2026-03-01T00:00:00Z"))
                        .values())
                .isEqualTo(Map.of("daily", "true", "weekly", "true", "monthly", "true"));
    }

    @Test
    void knowsWhichNamesAreTakenByAnybody() {
        store.with("p-2026-01-03-000000.sql.gz", Map.of("heritage", "theirs"));
        Catalog catalog = catalog(false);
        catalog.refresh();
        assertThat(catalog.holds(new ObjectKey("p-2026-01-03-000000.sql.gz"))).isTrue();
        assertThat(catalog.holds(new ObjectKey("p-2026-01-03-000001.sql.gz"))).isFalse();
    }

    private static String marks(CatalogEntry entry) {
        return (entry.is("daily") ? "d" : "-") + (entry.is("weekly") ? "w" : "-") + (entry.is("monthly") ? "m" : "-");
    }

    /** An archive has tens of thousands of WAL files, and all that is known of them is in memory. */
    @Test
    void whatManyObjectsSayIsInMemoryOnce() {
        for (int i = 0; i < 2_000; i++) {
            String file = "%024d".formatted(i);
            store.with("p-2026-01-01-000000-" + file + "-txlog.tar.gz", tags(file));
        }
        Catalog catalog = catalog(false);
        List<CatalogEntry> entries = catalog.refresh().entries();
        Set<Object> values = Collections.newSetFromMap(new IdentityHashMap<>());
        entries.forEach(entry -> values.addAll(entry.tags().values().values()));
        assertThat(values).as("a name each, and two for all").hasSize(2_002);
        assertThat(entries)
                .allSatisfy(entry ->
                        assertThat(entry.tags()).isSameAs(entry.object().tags().orElseThrow()));
        assertThat(catalog.refresh().objects())
                .usingElementComparator((one, other) -> one == other ? 0 : 1)
                .isEqualTo(entries.stream().map(CatalogEntry::object).toList());
    }

    /** As they come out of an answer: no string is that of another object. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static Map<String, String> tags(String file) {
        return Map.of(
                "heritage", new String("ours"),
                "system_identifier", new String("7712374605531023943"),
                "wal_file", file,
                "wal_first", new String(file),
                "wal_last", new String(file));
    }
}
