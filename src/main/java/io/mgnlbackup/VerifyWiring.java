package io.mgnlbackup;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.dump.BackupJob;
import io.mgnlbackup.metrics.VerifyMetrics;
import io.mgnlbackup.schedule.Schedule;
import io.mgnlbackup.schedule.VerifySchedule;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.verify.Journal;
import io.mgnlbackup.verify.VerifyJob;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The objects that read stored backups back. */
final class VerifyWiring {

    /** What a route that never starts may have for a schedule. */
    private static final String NEVER = "@yearly";

    private final Settings.Verify settings;
    private final VerifyJob job;
    private final VerifySchedule schedule;

    VerifyWiring(
            Settings settings,
            Catalog catalog,
            ObjectStore store,
            BackupJob backups,
            PrometheusMeterRegistry registry,
            Clock clock) {
        this.settings = settings.verify();
        Journal journal = new Journal(settings.objects(), settings.readOnly(), catalog, store);
        job = new VerifyJob(
                catalog,
                store,
                journal,
                this.settings.bytes(),
                () -> backups.running().isPresent(),
                clock);
        schedule = new VerifySchedule(
                Schedule.parse(this.settings.cron().orElse(NEVER), settings.zone()), job::lastStart, clock);
        VerifyMetrics metrics = new VerifyMetrics(registry);
        metrics.watch(job, catalog);
        if (this.settings.cron().isPresent()) {
            metrics.expect(schedule);
        }
    }

    Map<String, Object> beans() {
        return Map.of("verifyJob", job, "verifyJournal", job.journal(), "verifySchedule", schedule);
    }

    Map<String, String> properties() {
        Optional<Duration> oftener = Optional.of(schedule.tick()).filter(tick -> tick.toSeconds() < 60);
        return Map.of(
                "verify.scheduled",
                Boolean.toString(settings.cron().isPresent()),
                "verify.ticks",
                oftener.map(Wiring::every).orElse("cron=0+*+*+*+*+?"));
    }

    VerifyJob job() {
        return job;
    }
}
