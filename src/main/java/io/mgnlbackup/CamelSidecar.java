package io.mgnlbackup;

import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.catalog.Listing;
import io.mgnlbackup.cli.BackupDone;
import io.mgnlbackup.cli.ListEntry;
import io.mgnlbackup.cli.ProgressListener;
import io.mgnlbackup.cli.Sidecar;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.dump.BackupOutcome;
import io.mgnlbackup.dump.Trigger;
import io.mgnlbackup.http.ListEndpoint;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.query.Selection;
import io.mgnlbackup.retention.Decision;
import io.mgnlbackup.retention.Sweep;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.verify.Journal;
import io.mgnlbackup.verify.Report;
import io.mgnlbackup.verify.Verification;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the commands ask for, with the routes. */
final class CamelSidecar implements Sidecar {

    private static final Logger LOG = LoggerFactory.getLogger(CamelSidecar.class);

    @Override
    public int serve(Settings settings, SecretMask mask) {
        Engine engine = Engine.start(settings, mask, Engine.Job.SERVER);
        CountDownLatch stopped = new CountDownLatch(1);
        onSignal(() -> {
            engine.close();
            stopped.countDown();
        });
        LOG.info("ready on port {}: {}", engine.port(), engine.wiring().summary());
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    @Override
    public BackupDone dump(Settings settings, SecretMask mask, ProgressListener listener) {
        if (settings.readOnly()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "read-only mode takes no backups",
                    "leave out --readonly and MGNLBACKUP_READONLY");
        }
        try (Engine engine = Engine.start(settings, mask, Engine.Job.DUMP)) {
            onSignal(() -> engine.stop(Duration.ZERO));
            engine.wiring().storeStart().prepare();
            BackupOutcome outcome = takeBackup(engine, listener).orThrow();
            return new BackupDone(outcome.name(), outcome.size());
        }
    }

    private static BackupOutcome takeBackup(Engine engine, ProgressListener listener) {
        Timer progress = new Timer("progress", true);
        progress.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        engine.wiring().backupJob().running().ifPresent(run -> listener.reached(run.dumpedBytes()));
                    }
                },
                0,
                200);
        try (ProducerTemplate template = engine.camel().createProducerTemplate()) {
            Exchange exchange = template.send(
                    "direct:take-backup", message -> message.getMessage().setBody(Trigger.COMMAND_LINE));
            if (exchange.getException() instanceof Problem problem) {
                throw problem;
            }
            if (exchange.getException() != null) {
                throw new IllegalStateException("the backup failed in an unexpected way", exchange.getException());
            }
            return exchange.getMessage().getBody(BackupOutcome.class);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            progress.cancel();
        }
    }

    @Override
    public List<ListEntry> list(Settings settings, SecretMask mask, Selection selection) {
        try (Engine engine = Engine.start(settings, mask, Engine.Job.STORE)) {
            return selection.of(engine.wiring().catalog().refresh().entries()).stream()
                    .map(entry -> entry(engine, entry))
                    .toList();
        }
    }

    @Override
    public List<Decision> retention(Settings settings, SecretMask mask, boolean dryRun) {
        if (settings.readOnly() && !dryRun) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "read-only mode deletes nothing",
                    "add --dry-run to see what would be deleted, or leave out --readonly and MGNLBACKUP_READONLY");
        }
        try (Engine engine = Engine.start(settings, mask, Engine.Job.STORE)) {
            Sweep sweep = engine.wiring().sweep();
            return dryRun ? sweep.plan() : sweep.carryOut();
        }
    }

    @Override
    public Report verify(Settings settings, SecretMask mask, Selection selection, int jobs, ProgressListener listener) {
        try (Engine engine = Engine.start(settings, mask, Engine.Job.STORE)) {
            Listing listing = engine.wiring().catalog().refresh();
            LongAdder read = new LongAdder();
            Report report = new Verification(engine.wiring().store(), Clock.systemUTC())
                    .run(listing, selection.of(listing.entries()), jobs, bytes -> {
                        read.add(bytes);
                        listener.reached(read.sum());
                    });
            Journal journal = engine.wiring().journal();
            journal.refresh();
            journal.add(listing, report);
            journal.save(listing);
            return report;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.FAILED, "interrupted");
        }
    }

    private static ListEntry entry(Engine engine, CatalogEntry entry) {
        LinkRequest request = new LinkRequest(entry.object().key(), ListEndpoint.LINK_LIFETIME);
        return new ListEntry(
                engine.wiring().store().link(request).toString(),
                entry.name(),
                entry.object().lastModified(),
                entry.object().size(),
                entry.is("daily"),
                entry.is("weekly"),
                entry.is("monthly"),
                entry.tags().values());
    }

    private static void onSignal(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
    }
}
