package io.mgnlbackup.wal;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalGaps;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then for WAL that is missing behind the newest base backup, and says so once for each change. What only older base backups
 * lack nobody can bring back; the page shows it.
 */
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
                .map(cluster -> WalGaps.find(cluster.fromNewestBase(), waiting))
                .orElse(List.of());
        if (!found.equals(latest) && !found.isEmpty()) {
            LOG.error(
                    "WAL is missing: {} (hint: what comes behind cannot be restored to; take a base backup now)",
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
