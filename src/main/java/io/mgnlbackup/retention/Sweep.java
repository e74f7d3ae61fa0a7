package io.mgnlbackup.retention;

import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the backups that retention does not keep. A plan is made anew of what the store holds each time, so one that was interrupted is
 * finished by the next. Safe for many threads, one of which works at a time.
 */
public final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** What a store deletes in one call. */
    static final int BATCH = 1_000;

    private final Catalog catalog;
    private final ObjectStore store;
    private final RetentionPlanner planner;
    private final String heritage;
    private final SweepListener listener;

    /** Sweeps backups of one heritage, whatever else the catalog shows. */
    public Sweep(
            Catalog catalog,
            ObjectStore store,
            Settings.Cycle cycle,
            ZoneId zone,
            String heritage,
            SweepListener listener) {
        this.catalog = catalog;
        this.store = store;
        this.planner = new RetentionPlanner(cycle, zone);
        this.heritage = heritage;
        this.listener = listener;
    }

    /**
     * What would be kept and what deleted now, newest first; deletes nothing.
     *
     * @throws Problem when the store could not be read in full: then nobody knows which backup is the first or the newest
     */
    public List<Decision> plan() {
        Listing listing = catalog.refresh();
        if (!listing.unreadable().isEmpty()) {
            throw new Problem(
                    Problem.Kind.UNAVAILABLE,
                    "retention deletes nothing: %d objects cannot be read, the first is '%s'"
                            .formatted(
                                    listing.unreadable().size(),
                                    listing.unreadable().get(0)),
                    "check that the credentials may read the metadata of every object in the bucket");
        }
        return decide(listing);
    }

    /** The decisions on what a listing shows. */
    public List<Decision> decide(Listing listing) {
        return planner.plan(listing.entries().stream()
                .filter(this::isOurs)
                .map(Sweep::candidate)
                .toList());
    }

    /** Deletes what is not kept, and says so in the log, each with its reason. */
    public synchronized List<Decision> carryOut() {
        List<Decision> plan = plan();
        List<Decision> going =
                plan.stream().filter(decision -> !decision.kept()).toList();
        for (Decision decision : plan) {
            if (decision.kept()) {
                LOG.info("keeping '{}': {}", decision.backup().name(), decision.reason());
            }
        }
        delete(going);
        return plan;
    }

    private void delete(List<Decision> going) {
        for (List<Decision> batch : batches(going)) {
            batch.forEach(
                    decision -> LOG.info("deleting '{}': {}", decision.backup().name(), decision.reason()));
            List<ObjectKey> keys = batch.stream()
                    .map(decision -> new ObjectKey(decision.backup().name()))
                    .toList();
            store.delete(keys);
            catalog.deleted(keys);
            listener.deleted(batch.size());
        }
    }

    /** The same after a backup, which counts as a success whatever happens here. */
    public void afterBackup() {
        try {
            carryOut();
        } catch (RuntimeException e) {
            listener.sweepFailed();
            LOG.error("retention failed, the next backup tries again: {}", String.valueOf(e.getMessage()));
            LOG.debug("retention failed", e);
        }
    }

    private boolean isOurs(CatalogEntry entry) {
        boolean dump = BackupKind.of(entry.name())
                .filter(kind -> kind == BackupKind.DUMP)
                .isPresent();
        return dump
                && entry.tags().get(Catalog.HERITAGE).filter(heritage::equals).isPresent();
    }

    private static Candidate candidate(CatalogEntry entry) {
        return new Candidate(entry.name(), entry.time());
    }

    /** Oldest first. */
    private static List<List<Decision>> batches(List<Decision> newestFirst) {
        List<Decision> oldestFirst = newestFirst.stream()
                .sorted((a, b) -> a.backup().time().compareTo(b.backup().time()))
                .toList();
        return IntStream.iterate(0, from -> from < oldestFirst.size(), from -> from + BATCH)
                .mapToObj(from -> oldestFirst.subList(from, Math.min(oldestFirst.size(), from + BATCH)))
                .toList();
    }
}
