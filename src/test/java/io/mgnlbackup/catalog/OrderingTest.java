package io.mgnlbackup.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderingTest {

    private static final List<CatalogEntry> ENTRIES = List.of(
            entry("a", 30, "2026-01-03T00:00:00Z", Map.of("ulid", "02", "pod", "x")),
            entry("b", 10, "2026-01-01T00:00:00Z", Map.of()),
            entry("c", 20, "2026-01-02T00:00:00Z", Map.of("ulid", "01", "pod", "y")));

    private static CatalogEntry entry(String name, long size, String modified, Map<String, String> tags) {
        Instant time = Instant.parse(modified);
        StoredObject object = new StoredObject(new ObjectKey(name), size, time, "", Optional.empty());
        return new CatalogEntry(object, Tags.of(tags), time);
    }

    @ParameterizedTest
    @CsvSource({
        "name, false, abc",
        "name, true, cba",
        "size, false, bca",
        "size, true, acb",
        "last_modified, false, bca",
        "pod, false, acb",
        "pod, true, cab",
        "nothing, true, abc",
    })
    void sortsByTheKeyAndPutsWhatLacksItLast(String key, boolean descending, String expected) {
        assertThat(names(new Ordering(Optional.of(key), descending))).isEqualTo(expected);
    }

    @Test
    void sortsByUlidWithoutAKey() {
        assertThat(names(new Ordering(Optional.empty(), false))).isEqualTo("cab");
        assertThat(names(new Ordering(Optional.empty(), true))).isEqualTo("acb");
    }

    private static String names(Ordering ordering) {
        StringBuilder names = new StringBuilder();
        ordering.sort(ENTRIES).forEach(entry -> names.append(entry.name()));
        return names.toString();
    }
}
