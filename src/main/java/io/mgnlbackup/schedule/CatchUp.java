package io.mgnlbackup.schedule;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides once after a start whether a backup was missed, so that a pod that restarts every few hours is backed up all the same. */
public final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final Schedule schedule;
    private final Catalog catalog;
    private final Clock clock;
    private boolean settled;

    /** Not yet decided. */
    public CatchUp(Schedule schedule, Catalog catalog, Clock clock) {
        this.schedule = schedule;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Whether the newest backup is older than the last due time, or there is none. Answers true at most once.
     *
     * @throws io.mgnlbackup.store.StoreException when the store does not answer; ask again later
     */
    public synchronized boolean overdue() {
        if (settled) {
            return false;
        }
        catalog.refresh();
        settled = true;
        Optional<Instant> newest = catalog.newestBackup().map(CatalogEntry::time);
        Optional<Instant> due = schedule.previous(clock.instant());
        if (newest.isEmpty()) {
            LOG.info("no backup in the store yet: taking one now");
            return true;
        }
        boolean overdue = due.isPresent() && newest.get().isBefore(due.get());
        LOG.info(
                overdue
                        ? "the newest backup is of {}, one was due at {}: taking one now"
                        : "the newest backup is of {}, the last due time was {}: nothing to catch up",
                newest.get(),
                due.map(Instant::toString).orElse("never"));
        return overdue;
    }
}
