package io.mgnlbackup.metrics;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.dump.BackupJob;
import io.mgnlbackup.dump.BackupListener;
import io.mgnlbackup.dump.BackupOutcome;
import io.mgnlbackup.dump.BackupRun;
import io.mgnlbackup.retention.SweepListener;
import io.mgnlbackup.schedule.BackupSchedule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of backups. The scrape reads what the catalog saw last and asks no store. */
public final class BackupMetrics implements BackupListener, SweepListener {

    private final DistributionSummary seconds;
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong streamedBytes = new AtomicLong();
    private final Counter deleted;

    /** Registers the meters that need no backup job. */
    public BackupMetrics(PrometheusMeterRegistry registry) {
        seconds = DistributionSummary.builder("mgnlbackup_seconds")
                .description("Time that backup jobs took, in seconds.")
                .register(registry);
        deleted = Counter.builder("mgnlbackup_deleted")
                .description("Backups that retention deleted since the start.")
                .register(registry);
        // A counter would be renamed to mgnlbackup_errors_total; the name is what existing alerts use.
        registry.getPrometheusRegistry()
                .register(() -> UnknownSnapshot.builder()
                        .name("mgnlbackup_errors")
                        .help("Backup jobs and retention runs that failed since the start.")
                        .dataPoint(UnknownSnapshot.UnknownDataPointSnapshot.builder()
                                .value((double) errors.get())
                                .build())
                        .build());
    }

    /** Registers the meters that read what the catalog and the job know. */
    public void watch(PrometheusMeterRegistry registry, Catalog catalog, BackupJob job) {
        for (String interval : List.of("daily", "weekly", "monthly")) {
            Gauge.builder("mgnlbackup_backups", catalog, seen -> seen.latest().count(interval))
                    .description("Backups in the store, by interval.")
                    .tag("interval", interval)
                    .register(registry);
        }
        Gauge.builder("mgnlbackup_bytes", catalog, seen -> seen.latest().bytes())
                .description("Bytes of all backups in the store.")
                .register(registry);
        Gauge.builder("mgnlbackup_last_success_timestamp_seconds", catalog, BackupMetrics::lastSuccess)
                .description("Start of the newest backup in the store, Unix time; 0 if there is none.")
                .register(registry);
        Gauge.builder("mgnlbackup_running", job, watched -> watched.running().isPresent() ? 1 : 0)
                .description("1 while a backup runs.")
                .register(registry);
        FunctionCounter.builder("mgnlbackup_streamed_bytes", job, this::streamed)
                .description("Bytes that dump commands have written, before compression.")
                .register(registry);
    }

    /** Registers what an alert compares the newest backup with, whatever the schedule. */
    public void expect(PrometheusMeterRegistry registry, BackupSchedule schedule) {
        Gauge.builder("mgnlbackup_expected_timestamp_seconds", schedule, BackupMetrics::lastButOne)
                .description(
                        "Due time before the last one, Unix time; a newer backup has to be there. 0 if there was none.")
                .register(registry);
    }

    private static double lastButOne(BackupSchedule schedule) {
        return schedule.lastButOne().map(time -> time.toEpochMilli() / 1000.0).orElse(0.0);
    }

    @Override
    public void ended(BackupOutcome outcome) {
        seconds.record(outcome.duration().toMillis() / 1000.0);
        streamedBytes.addAndGet(outcome.dumpedBytes());
        if (!outcome.succeeded()) {
            errors.incrementAndGet();
        }
    }

    @Override
    public void deleted(int count) {
        deleted.increment(count);
    }

    @Override
    public void sweepFailed() {
        errors.incrementAndGet();
    }

    private double streamed(BackupJob job) {
        return streamedBytes.get() + job.running().map(BackupRun::dumpedBytes).orElse(0L);
    }

    private static double lastSuccess(Catalog catalog) {
        return catalog.newestBackup()
                .map(CatalogEntry::time)
                .map(time -> time.toEpochMilli() / 1000.0)
                .orElse(0.0);
    }
}
