package io.mgnlbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.bundle.Bundle;
import io.mgnlbackup.bundle.BundlePlanner;
import io.mgnlbackup.catalog.ArchivedFile;
import io.mgnlbackup.catalog.BaseBackup;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalChain;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.FakeStore;
import io.mgnlbackup.testing.SetClock;
import io.mgnlbackup.testing.WalArchiveModel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months of base backups and WAL by a simulated clock: what is kept restores, and nothing else is left. */
class WalRetentionTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeStore store = new FakeStore();
    private final SetClock clock = new SetClock(BEGIN.toString());
    private final Catalog catalog =
            new Catalog(store, new Settings.Objects("p", "ours", Tags.NONE), false, ZoneOffset.UTC, clock);
    private final Sweep sweep = new Sweep(
            catalog,
            store,
            new Settings.Cycle(3, 2, 2),
            ZoneOffset.UTC,
            "ours",
            new SweepListener() {
                @Override
                public void deleted(int count) {}

                @Override
                public void sweepFailed() {
                    throw new AssertionError("the sweep failed");
                }
            },
            clock);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsExactlyWhatKeptBaseBackupsNeedOverHalfAYear(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WalArchiveModel cluster = new WalArchiveModel(store, BEGIN, Duration.ofMinutes(40));
        for (int day = 0; day < 180; day++) {
            if (random.nextInt(4) > 0) {
                cluster.baseBackup();
                clock.set(cluster.now().toString());
                sweep.carryOut();
                checkKept();
                checkNothingIsLeft();
            }
            var branch = cluster.next();
            cluster.write(10 + random.nextInt(10));
            if (random.nextInt(20) == 0) {
                cluster.branchAt(branch);
            }
            cluster.rest(Duration.ofHours(12));
        }
        assertThat(archive().timelines().size()).as("timelines came and went").isLessThan(9);
        assertThat(store.names().size()).isLessThan(3_000);
    }

    private ClusterArchive archive() {
        return WalArchive.of(catalog.refresh().entries()).newestCluster().orElseThrow();
    }

    /** From each kept base backup there is WAL without a gap, and each can be restored by itself. */
    private void checkKept() {
        ClusterArchive archive = archive();
        Set<String> planned = sweep.plan().stream()
                .filter(Decision::kept)
                .map(decision -> decision.backup().name())
                .collect(Collectors.toSet());
        assertThat(archive.bases()).extracting(base -> base.base().name()).containsExactlyInAnyOrderElementsOf(planned);
        for (BaseBackup base : archive.bases()) {
            Bundle bundle = new BundlePlanner(archive).at(base.endedAt(), Optional.of(base.timeline()));
            assertThat(bundle.base()).isEqualTo(base);
        }
    }

    /** Whatever segment is there lies on a way from a kept base backup. */
    private void checkNothingIsLeft() {
        ClusterArchive archive = archive();
        Set<String> used = new HashSet<>();
        for (long timeline : archive.timelines()) {
            for (WalChain chain : archive.chains(timeline)) {
                chain.files().stream().map(file -> file.name().text()).forEach(used::add);
            }
        }
        assertThat(used).containsAll(archive.segments().keySet());
        assertThat(catalog.latest().unfinished()).isEmpty();
    }

    @Test
    void deletesABaseBackupThatWasNeverFinishedOnceANewerOneIs() {
        WalArchiveModel cluster = new WalArchiveModel(store, BEGIN, Duration.ofMinutes(40));
        String unfinished = cluster.baseBackup();
        store.remove(unfinished.replace("-basebackup.tar.gz", "-bundle.json.gz"));
        sweep.carryOut();
        assertThat(store.names()).as("it may be on its way").contains(unfinished);
        cluster.rest(Duration.ofDays(1));
        String good = cluster.baseBackup();
        sweep.carryOut();
        assertThat(store.names()).contains(good).doesNotContain(unfinished);
    }

    @Test
    void deletesNoWalWithoutABaseBackup() {
        WalArchiveModel cluster = new WalArchiveModel(store, BEGIN, Duration.ofMinutes(40));
        cluster.write(20);
        sweep.carryOut();
        assertThat(store.names()).hasSize(20);
    }

    @Test
    void finishesWhatWasInterruptedAndNeverLeavesABaseBackupWithoutItsWal() {
        WalArchiveModel cluster = new WalArchiveModel(store, BEGIN, Duration.ofMinutes(40));
        for (int day = 0; day < 40; day++) {
            cluster.baseBackup();
            cluster.write(20);
            cluster.rest(Duration.ofHours(10));
        }
        Sweep interrupted = sweep;
        for (int calls = 0; calls < 4; calls++) {
            store.setDeletesLeft(calls);
            try {
                interrupted.carryOut();
            } catch (RuntimeException e) {
                assertThat(e).hasMessageContaining("the store is gone");
            }
            for (BaseBackup base : archive().bases()) {
                assertThat(new BundlePlanner(archive())
                                .at(base.endedAt(), Optional.of(1L))
                                .base())
                        .isEqualTo(base);
            }
        }
        store.setDeletesLeft(Integer.MAX_VALUE);
        sweep.carryOut();
        checkKept();
        checkNothingIsLeft();
    }

    @Test
    void keepsTheWalOfAnotherClusterWhoseFirstBaseBackupMayBeOnItsWay() {
        WalArchiveModel cluster = new WalArchiveModel(store, BEGIN, Duration.ofMinutes(40));
        cluster.baseBackup();
        String file = "000000010000000000000001";
        store.with(
                "p-2026-02-01-000000-" + file + "-txlog.tar.gz",
                Map.of("heritage", "ours", "wal_file", file, "system_identifier", "42"));
        store.with(
                "p-2025-02-01-000000-" + file + "-txlog.tar.gz",
                Map.of("heritage", "ours", "wal_file", file, "system_identifier", "41"));
        sweep.carryOut();
        List<ArchivedFile> left = WalArchive.of(catalog.refresh().entries()).files();
        assertThat(left).extracting(ArchivedFile::system).contains("42").doesNotContain("41");
    }
}
