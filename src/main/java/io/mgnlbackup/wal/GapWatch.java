package io.mgnlbackup.wal;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalGaps;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for missing WAL now and then, and says so once for each change. */
public final class GapWatch {

    private static final Logger LOG = LoggerFactory.getLogger(GapWatch.class);

    private final Catalog catalog;
    private final WalFolder folder;
    private final WalGate gate;
    private volatile List<WalGaps.Gap> latest = List.of();

    /** Looks at what this catalog knows and what waits in this folder. */
    public GapWatch(Catalog catalog, WalFolder folder, WalGate gate) {
        this.catalog = catalog;
        this.folder = folder;
        this.gate = gate;
    }

    /** Looks now. What waits is listed first: what is archived meanwhile is then in both, never in neither. */
    public void look() {
        Set<String> waiting = folder.waiting().names();
        gate.keepOnly(waiting);
        List<WalGaps.Gap> found = WalArchive.of(catalog.latest().entries())
                .newestCluster()
                .map(cluster -> WalGaps.find(cluster, waiting))
                .orElse(List.of());
        if (!found.equals(latest) && !found.isEmpty()) {
            LOG.error(
                    "WAL is missing: {} (hint: instants behind cannot be reached from base backups before; take a base backup now)",
                    found.stream().map(WalGaps.Gap::toString).collect(Collectors.joining(", ")));
        } else if (!found.equals(latest)) {
            LOG.info("no WAL is missing any more");
        }
        latest = found;
    }

    /** What was missing at the last look. */
    public List<WalGaps.Gap> latest() {
        return latest;
    }
}
