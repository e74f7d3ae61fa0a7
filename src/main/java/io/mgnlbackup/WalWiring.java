package io.mgnlbackup;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.metrics.Health;
import io.mgnlbackup.metrics.WalMetrics;
import io.mgnlbackup.route.WalFolderPolling;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.wal.GapWatch;
import io.mgnlbackup.wal.WalArchiver;
import io.mgnlbackup.wal.WalFolder;
import io.mgnlbackup.wal.WalGate;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** The objects that take WAL files from the archive folder. */
final class WalWiring {

    private final Settings.Wal settings;
    private final WalFolder folder;
    private final WalGate gate;
    private final WalArchiver archiver;
    private final GapWatch gaps;

    WalWiring(
            Path syncDir,
            Settings.Wal settings,
            Settings.Objects objects,
            Catalog catalog,
            ObjectStore store,
            MeterRegistry registry,
            Clock clock) {
        this.settings = settings;
        WalMetrics metrics = new WalMetrics(registry, clock);
        folder = new WalFolder(syncDir);
        gate = new WalGate(clock, metrics);
        gaps = new GapWatch(catalog, folder, gate);
        archiver = new WalArchiver(objects, catalog, store, gate, metrics);
        metrics.watch(folder, gate, gaps);
    }

    Map<String, Object> beans() {
        return Map.of(
                "walArchiver", archiver, "walFolderPolling", new WalFolderPolling(gate, folder), "gapWatch", gaps);
    }

    Map<String, String> properties() {
        return Map.of(
                "wal.folder",
                folder.path().toAbsolutePath().toString(),
                "wal.uploads",
                Integer.toString(settings.uploads()));
    }

    Health.Check health() {
        return folder.defect().map(Health.Check::down).orElse(Health.Check.UP);
    }

    WalFolder folder() {
        return folder;
    }

    GapWatch gaps() {
        return gaps;
    }
}
