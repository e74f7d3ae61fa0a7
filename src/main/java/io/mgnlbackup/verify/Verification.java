package io.mgnlbackup.verify;

import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalGaps;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.verify.Verdict.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/** Verifies a choice of objects, a few at a time. */
public final class Verification {

    private final ObjectStore store;
    private final Clock clock;

    /** Verifies objects of this store. */
    public Verification(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Reads the chosen objects back.
     *
     * @param listing what the store holds in all
     * @param chosen which of it to read
     * @param jobs how many at a time
     * @param progress is told of bytes as they are read, from any thread
     */
    public Report run(Listing listing, List<CatalogEntry> chosen, int jobs, LongConsumer progress)
            throws InterruptedException {
        Instant start = clock.instant();
        ObjectCheck check = new ObjectCheck(store, WalArchive.metas(listing.entries()), progress);
        List<Verdict> verdicts = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            List<Callable<Verdict>> tasks = new ArrayList<>();
            chosen.forEach(entry -> tasks.add(() -> check.check(entry)));
            for (Future<Verdict> verdict : threads.invokeAll(tasks)) {
                verdicts.add(verdict.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check failed in an unexpected way: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
        verdicts.addAll(missing(listing));
        return new Report(start, Duration.between(start, clock.instant()), verdicts, Optional.empty());
    }

    /** What no object tells: base backups that nobody finished, objects without tags, WAL that never came. */
    private static List<Verdict> missing(Listing listing) {
        List<Verdict> missing = new ArrayList<>();
        listing.unfinished()
                .forEach(entry -> missing.add(new Verdict(
                        entry.name(),
                        State.UNPROVEN,
                        "a base backup without its meta object does not count: it runs, or has failed",
                        0)));
        listing.unreadable()
                .forEach(name -> missing.add(new Verdict(name, State.UNREADABLE, "its tags cannot be read", 0)));
        WalArchive.of(listing.entries())
                .newestCluster()
                .map(ClusterArchive::fromNewestBase)
                .ifPresent(archive -> WalGaps.find(archive, Set.of())
                        .forEach(gap -> missing.add(new Verdict(
                                gap.toString(),
                                State.MISSING,
                                gap.count() + " WAL segments are missing behind the newest base backup",
                                0))));
        return missing;
    }
}
