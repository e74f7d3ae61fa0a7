package io.mgnlbackup.schedule;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides after a start whether a backup was missed, so that a pod that restarts every few hours is backed up all the same.
 *
 * <p>The database beside us often starts at the same time and does not answer yet: as long as the backup is missing it is tried again, less
 * and less often, for an hour. Then it is left to the schedule.
 */
public final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    /** A little less than the minute after which the route asks again. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(50);

    /** What fails later than that did not fail because everything had just been started. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Schedule schedule;
    private final Catalog catalog;
    private final Clock clock;
    private boolean settled;
    private Instant firstTry = Instant.MAX;
    private Instant nextTry = Instant.MIN;
    private Duration wait = FIRST_WAIT;

    /** Not yet decided. */
    public CatchUp(Schedule schedule, Catalog catalog, Clock clock) {
        this.schedule = schedule;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Whether a backup is to be taken now, since the newest one is older than the last due time, or there is none. Once there is one, or after
     * an hour of tries, the answer stays false.
     *
     * @throws io.mgnlbackup.store.StoreException when the store does not answer; ask again later
     */
    public synchronized boolean overdue() {
        Instant now = clock.instant();
        if (settled || rests(now)) {
            return false;
        }
        catalog.refresh();
        Optional<Instant> newest = catalog.newestBackup().map(CatalogEntry::time);
        boolean first = firstTry.equals(Instant.MAX);
        if (!missing(newest, schedule.previous(now), first)) {
            settled = true;
            return false;
        }
        if (first) {
            firstTry = now;
        } else if (now.isAfter(firstTry.plus(PATIENCE))) {
            settled = true;
            LOG.warn("the backup that was missed cannot be taken: the next one is taken when it is due");
            return false;
        }
        nextTry = now.plus(wait);
        wait = wait.multipliedBy(2);
        return true;
    }

    /** Until the next try; one that is further away than that has moved there, since the clock was set back. */
    private boolean rests(Instant now) {
        return now.isBefore(nextTry) && !now.plus(wait).isBefore(nextTry);
    }

    private static boolean missing(Optional<Instant> newest, Optional<Instant> due, boolean first) {
        if (newest.isEmpty()) {
            LOG.info("no backup in the store yet: taking one now");
            return true;
        }
        if (due.isPresent() && newest.get().isBefore(due.get())) {
            LOG.info("the newest backup is of {}, one was due at {}: taking one now", newest.get(), due.get());
            return true;
        }
        if (first) {
            LOG.info(
                    "the newest backup is of {}, the last due time was {}: nothing to catch up",
                    newest.get(),
                    due.map(Instant::toString).orElse("never"));
        }
        return false;
    }
}
