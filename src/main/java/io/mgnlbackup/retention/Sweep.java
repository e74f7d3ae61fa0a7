package io.mgnlbackup.retention;

import io.mgnlbackup.access.Audit;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Clock clock;

    /** Sweeps backups of one heritage, whatever else the catalog shows. */
    public Sweep(
            Catalog catalog,
            ObjectStore store,
            Settings.Cycle cycle,
            ZoneId zone,
            String heritage,
            SweepListener listener,
            Clock clock) {
        this.clock = clock;
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
        Listing listing = look();
        List<Decision> all = new ArrayList<>(decide(listing));
        leavings(listing, all).forEach(leavings -> all.add(leavings.asDecision()));
        return all;
    }

    /** All decisions are made of one look: of two, one might not have seen what the other kept. */
    private Listing look() {
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
        return listing;
    }

    /** The decisions on what a listing shows; dumps and base backups each for themselves. */
    public List<Decision> decide(Listing listing) {
        List<CatalogEntry> ours = ours(listing.entries());
        return Stream.of(BackupKind.DUMP, BackupKind.BASE_BACKUP)
                .flatMap(kind -> decide(ours.stream()
                        .filter(entry ->
                                BackupKind.of(entry.name()).filter(kind::equals).isPresent())
                        .map(Sweep::candidate)
                        .toList()))
                .toList();
    }

    /**
     * A backup whose time is still to come was taken by a clock that was ahead. It stays, and does not count: as the newest for a year it
     * would have each new one deleted.
     */
    private Stream<Decision> decide(List<Candidate> backups) {
        Instant now = clock.instant();
        Map<Boolean, List<Candidate>> toCome = backups.stream()
                .collect(Collectors.partitioningBy(backup -> backup.time().isAfter(now)));
        return Stream.concat(
                toCome.getOrDefault(true, List.of()).stream()
                        .sorted(Comparator.comparing(Candidate::time).reversed())
                        .map(backup -> new Decision(backup, true, "its time is still to come")),
                planner.plan(toCome.getOrDefault(false, List.of())).stream());
    }

    /** Deletes what is not kept, and says so in the log, each with its reason. */
    public synchronized List<Decision> carryOut() {
        Listing listing = look();
        List<Decision> plan = decide(listing);
        List<Decision> going = plan.stream()
                .filter(decision -> !decision.kept())
                .sorted(Comparator.comparing(decision -> decision.backup().time()))
                .toList();
        for (Decision decision : plan) {
            if (decision.kept()) {
                LOG.info("keeping '{}': {}", decision.backup().name(), decision.reason());
            }
        }
        going.forEach(
                decision -> LOG.info("deleting '{}': {}", decision.backup().name(), decision.reason()));
        delete(going.stream()
                .map(decision -> decision.backup().name())
                .filter(Sweep::isDump)
                .toList());
        for (Leavings leavings : leavings(listing, plan)) {
            LOG.info("deleting {}: {}", leavings.text(), leavings.reason());
            delete(leavings.entries().stream().map(CatalogEntry::name).toList());
        }
        return plan;
    }

    private List<Leavings> leavings(Listing listing, List<Decision> plan) {
        Set<String> names = plan.stream()
                .filter(decision -> !decision.kept())
                .map(decision -> decision.backup().name())
                .collect(Collectors.toSet());
        Listing own = listing.onlyOf(this::isOurs);
        return Leavings.of(own, own.entries(), names, clock.instant());
    }

    /** Oldest first, as many at a time as a store deletes in one call. */
    private void delete(List<String> names) {
        for (int from = 0; from < names.size(); from += BATCH) {
            List<ObjectKey> keys = names.subList(from, Math.min(names.size(), from + BATCH)).stream()
                    .map(ObjectKey::new)
                    .toList();
            store.delete(keys);
            catalog.deleted(keys);
            keys.forEach(key -> Audit.deleted(key.value()));
            listener.deleted((int) keys.stream()
                    .filter(key -> BackupKind.of(key.value())
                            .filter(BackupKind::isBackup)
                            .isPresent())
                    .count());
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

    private List<CatalogEntry> ours(List<CatalogEntry> entries) {
        return entries.stream().filter(this::isOurs).toList();
    }

    private boolean isOurs(CatalogEntry entry) {
        return entry.tags().get(Catalog.HERITAGE).filter(heritage::equals).isPresent();
    }

    private static boolean isDump(String name) {
        return BackupKind.of(name).filter(kind -> kind == BackupKind.DUMP).isPresent();
    }

    private static Candidate candidate(CatalogEntry entry) {
        return new Candidate(entry.name(), entry.time());
    }
}
