package io.mgnlbackup.verify;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.config.ByteSize;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a verification that the server does by itself. It reads one object at a time, and none while a backup runs: what it reads when
 * one begins is let go, and read again from its start afterwards.
 *
 * <p>The order of the steps is in {@code routes/verify.camel.yaml}.
 */
public final class VerifyJob {

    private static final Logger LOG = LoggerFactory.getLogger(VerifyJob.class);

    /** A crash loses no more than what was found in that time. */
    private static final Duration SAVED_EVERY = Duration.ofMinutes(5);

    private final Catalog catalog;
    private final ObjectStore store;
    private final Journal journal;
    private final long bytesPerRun;
    private final BooleanSupplier backupRuns;
    private final Clock clock;
    private final LongAdder bytes = new LongAdder();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<@Nullable VerifyRun> running = new AtomicReference<>();
    private volatile Instant lastTry = Instant.EPOCH;
    private Instant saved = Instant.EPOCH;

    /**
     * A job that has nothing running.
     *
     * @param bytesPerRun how much a run reads, unless the first object alone is larger
     * @param backupRuns whether a backup runs now
     */
    public VerifyJob(
            Catalog catalog,
            ObjectStore store,
            Journal journal,
            long bytesPerRun,
            BooleanSupplier backupRuns,
            Clock clock) {
        this.catalog = catalog;
        this.store = store;
        this.journal = journal;
        this.bytesPerRun = bytesPerRun;
        this.backupRuns = backupRuns;
        this.clock = clock;
    }

    /**
     * Claims the one place that there is for a running verification.
     *
     * @throws Problem {@code BUSY} while another one runs
     */
    public VerifyRun reserve() {
        VerifyRun run = new VerifyRun(clock.instant());
        if (!running.compareAndSet(null, run)) {
            throw new Problem(Problem.Kind.BUSY, "a verification is running already, one runs at a time");
        }
        lastTry = run.startedAt();
        return run;
    }

    /** Decides what to read. */
    public VerifyRun choose(VerifyRun run) {
        List<CatalogEntry> entries = catalog.refresh().entries();
        journal.refresh();
        run.choose(
                VerifyOrder.choose(entries, journal::of, bytesPerRun),
                new ObjectCheck(store, WalArchive.metas(entries), this::read));
        LOG.info(
                "verification started: {} of {} objects, {}",
                run.chosen().size(),
                entries.size(),
                ByteSize.format(run.chosen().stream()
                        .mapToLong(entry -> entry.object().size())
                        .sum()));
        saved = clock.instant();
        return run;
    }

    /** Reads an object back; does nothing once the sidecar stops. */
    public void check(VerifyRun run, CatalogEntry entry) throws InterruptedException {
        while (mayRead()) {
            try {
                note(run, entry, run.check().check(entry));
                return;
            } catch (Abandoned e) {
                LOG.debug("'{}' was let go: {}", entry.name(), e.getMessage());
            }
        }
    }

    /** Waits for the end of a backup; false when the sidecar stops. */
    private boolean mayRead() throws InterruptedException {
        while (backupRuns.getAsBoolean()) {
            if (stopping.await(1, TimeUnit.SECONDS)) {
                return false;
            }
        }
        return stopping.getCount() > 0;
    }

    private void read(long count) {
        bytes.add(count);
        if (stopping.getCount() == 0) {
            throw new Abandoned("the sidecar stops");
        }
        if (backupRuns.getAsBoolean()) {
            throw new Abandoned("a backup runs");
        }
    }

    private void note(VerifyRun run, CatalogEntry entry, Verdict verdict) {
        if (verdict.state() == Verdict.State.MISSING && isGone(entry)) {
            return; // by retention
        }
        run.add(verdict);
        journal.add(entry, verdict, clock.instant());
        if (verdict.state() == Verdict.State.DAMAGED) {
            LOG.error("{} (hint: do not rely on it; take a backup now, and look for what changed it)", verdict.named());
        } else if (verdict.state().isBad()) {
            LOG.warn("cannot verify {}", verdict.named());
        }
        if (clock.instant().isAfter(saved.plus(SAVED_EVERY))) {
            saved = clock.instant();
            journal.save(catalog.latest());
        }
    }

    private boolean isGone(CatalogEntry entry) {
        return catalog.latest().entries().stream()
                .noneMatch(there -> there.name().equals(entry.name()));
    }

    /** All has been read. */
    public Report finish(VerifyRun run) {
        Report report = report(run, Optional.empty());
        boolean whole = stopping.getCount() > 0;
        if (whole) {
            journal.ran(report);
        }
        journal.save(catalog.latest());
        LOG.info(
                "verification {} after {} s: {} good, {} unproven, {} damaged, {} unreadable; {} read",
                whole ? "done" : "ended early, since the sidecar stops,",
                report.duration().toMillis() / 1000.0,
                report.count(Verdict.State.GOOD),
                report.count(Verdict.State.UNPROVEN),
                report.count(Verdict.State.DAMAGED),
                report.count(Verdict.State.UNREADABLE) + report.count(Verdict.State.MISSING),
                ByteSize.format(report.bytes()));
        return report;
    }

    /** It came to no end. */
    public Report fail(VerifyRun run, Throwable cause) {
        Report report = report(run, Optional.of(String.valueOf(cause.getMessage())));
        LOG.error("the verification failed: {}", cause.getMessage());
        LOG.debug("the verification failed", cause);
        return report;
    }

    private Report report(VerifyRun run, Optional<String> failure) {
        return new Report(run.startedAt(), Duration.between(run.startedAt(), clock.instant()), run.verdicts(), failure);
    }

    /** Gives the place free again. */
    public void release(VerifyRun run) {
        running.compareAndSet(run, null);
    }

    /** Ends what runs after the next bytes, and lets nothing begin. */
    public void stop() {
        stopping.countDown();
    }

    /** When a run began last, by anybody; the epoch for never. In the future as long as the store has not said. */
    public Instant lastStart() {
        if (!journal.isLoaded()) {
            return Instant.MAX;
        }
        return journal.started().isAfter(lastTry) ? journal.started() : lastTry;
    }

    /** Bytes that were read since the start. */
    public long bytes() {
        return bytes.sum();
    }

    /** What is known. */
    public Journal journal() {
        return journal;
    }

    /** An object is not read to its end, and nothing is said about it. */
    private static final class Abandoned extends RuntimeException {

        private static final long serialVersionUID = 1;

        Abandoned(String why) {
            super(why);
        }
    }
}
