package io.mgnlbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.FakeStore;
import io.mgnlbackup.testing.SetClock;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final Map<String, String> OURS = Map.of("heritage", "ours");

    private final FakeStore store = new FakeStore();
    private final Catalog catalog = catalog(false);
    private int deleted;
    private int failures;

    private Catalog catalog(boolean ignoreHeritage) {
        return new Catalog(
                store,
                new Settings.Objects("p", "ours", Tags.NONE),
                ignoreHeritage,
                ZoneOffset.UTC,
                new SetClock("2026-03-01T00:00:00Z"));
    }

    private Sweep sweep(boolean ignoreHeritage, Settings.Cycle cycle) {
        Catalog seen = ignoreHeritage ? catalog(true) : catalog;
        return new Sweep(
                seen,
                store,
                cycle,
                ZoneOffset.UTC,
                "ours",
                new SweepListener() {
                    @Override
                    public void deleted(int count) {
                        deleted += count;
                    }

                    @Override
                    public void sweepFailed() {
                        failures++;
                    }
                },
                Clock.systemUTC());
    }

    private Sweep keepingOneDay(boolean ignoreHeritage) {
        return sweep(ignoreHeritage, new Settings.Cycle(1, 0, 0));
    }

    private static String name(LocalDate day) {
        return "p-" + day + "-023000.sql.gz";
    }

    @Test
    void deletesWhatIsNotKept() {
        store.with("p-2026-01-01-000000.sql.gz", OURS).with("p-2026-01-02-000000.sql.gz", OURS);
        Sweep sweep = keepingOneDay(false);
        sweep.afterBackup();
        assertThat(store.names()).containsExactly("p-2026-01-02-000000.sql.gz");
        assertThat(catalog.latest().entries())
                .as("shown, and counted, without another listing")
                .extracting(CatalogEntry::name)
                .containsExactly("p-2026-01-02-000000.sql.gz");
        assertThat(store.lists()).isEqualTo(1);
        assertThat(deleted).isEqualTo(1);
        assertThat(failures).isZero();
    }

    @Test
    void neverTouchesWhatIsNotOurs() {
        store.with("p-2026-01-01-000000.sql.gz", Map.of("heritage", "theirs"))
                .with("p-2025-01-01-000000.sql.gz", Map.of())
                .with("p-2025-01-01-picture.jpg", OURS)
                .with("p-2025-01-01-000000-basebackup.tar.gz", OURS)
                .with("p-2025-01-01-000000-txlog.tar.gz", OURS)
                .with("p-2026-01-02-000000.sql.gz", OURS);
        keepingOneDay(true).afterBackup();
        assertThat(store.names()).hasSize(6);
        assertThat(deleted).isZero();
    }

    @Test
    void aBackupOfOthersIsNotTheNewestOfOurs() {
        store.with("p-2026-01-01-000000.sql.gz", OURS).with("p-2026-02-01-000000.sql.gz", Map.of("heritage", "theirs"));
        keepingOneDay(true).afterBackup();
        assertThat(store.names()).hasSize(2);
    }

    @Test
    void deletesNothingWhenSomethingCannotBeRead() {
        store.with("p-2026-01-01-000000.sql.gz", OURS)
                .with("p-2026-01-02-000000.sql.gz", OURS)
                .with("p-2026-01-03-000000.sql.gz", OURS);
        store.makeUnreadable("p-2026-01-02-000000.sql.gz");
        Sweep sweep = keepingOneDay(false);
        assertThatThrownBy(sweep::plan).isInstanceOf(Problem.class).hasMessageContaining("p-2026-01-02-000000.sql.gz");
        sweep.afterBackup();
        assertThat(store.names()).hasSize(3);
        assertThat(failures).isEqualTo(1);
    }

    @Test
    void oneThatWasInterruptedIsFinishedByTheNext() {
        LocalDate first = LocalDate.parse("2015-01-01");
        for (int i = 0; i < 2_500; i++) {
            store.with(name(first.plusDays(i)), OURS);
        }
        Sweep sweep = sweep(false, new Settings.Cycle(3, 2, 2));
        store.setDeletesLeft(1);
        sweep.afterBackup();
        assertThat(failures).isEqualTo(1);
        assertThat(store.names()).hasSize(1_500).contains(name(first.plusDays(2_499)));
        store.setDeletesLeft(Integer.MAX_VALUE);
        sweep.afterBackup();
        assertThat(store.names())
                .containsExactly(
                        "p-2021-10-01-023000.sql.gz",
                        "p-2021-10-25-023000.sql.gz",
                        "p-2021-11-01-023000.sql.gz",
                        "p-2021-11-02-023000.sql.gz",
                        "p-2021-11-03-023000.sql.gz",
                        "p-2021-11-04-023000.sql.gz");
    }

    @Test
    void aPlanDeletesNothing() {
        store.with("p-2026-01-01-000000.sql.gz", OURS).with("p-2026-01-02-000000.sql.gz", OURS);
        assertThat(keepingOneDay(false).plan()).hasSize(2);
        assertThat(store.names()).hasSize(2);
    }
}
