package io.mgnlbackup.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.SetClock;
import io.mgnlbackup.verify.Verdict.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the server reads back, what it remembers, and to whom it gives way. */
class VerifyJobTest {

    private static final String OLD = "p-2026-01-01-000000.sql.gz";
    private static final String NEW = "p-2026-01-02-000000.sql.gz";

    private final SetClock clock = new SetClock("2026-03-01T00:00:00Z");
    private final BytesStore store = new BytesStore().with(OLD, 300_000).with(NEW, 300_000);
    private final AtomicBoolean backupRuns = new AtomicBoolean();

    /** A process of its own on the same store. */
    private final class Sidecar {

        private final Catalog catalog;
        private final Journal journal;
        private final VerifyJob job;

        Sidecar(boolean readOnly, long bytes) {
            Settings.Objects objects = new Settings.Objects("p", "ours", Tags.NONE);
            catalog = new Catalog(store, objects, false, ZoneOffset.UTC, clock);
            journal = new Journal(objects, readOnly, catalog, store);
            job = new VerifyJob(catalog, store, journal, bytes, backupRuns::get, clock);
            journal.refresh();
        }

        Report run() throws InterruptedException {
            clock.forward(Duration.ofHours(1));
            VerifyRun run = job.choose(job.reserve());
            for (CatalogEntry entry : run.chosen()) {
                job.check(run, entry);
            }
            Report report = job.finish(run);
            job.release(run);
            return report;
        }

        Map<String, State> known() {
            catalog.refresh();
            journal.refresh();
            return catalog.latest().entries().stream()
                    .flatMap(entry -> journal.of(entry).stream())
                    .collect(Collectors.toMap(Verified::name, Verified::state));
        }
    }

    private Sidecar sidecar() {
        return new Sidecar(false, Long.MAX_VALUE);
    }

    private List<String> backupsRead() {
        return store.read().stream().filter(name -> name.endsWith(".sql.gz")).toList();
    }

    @Test
    void readsTheNewestThatIsUnknownFirstAndThenWhatWasReadLongestAgo() throws InterruptedException {
        Sidecar small = new Sidecar(false, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(small.run().isGood()).isTrue();
        }
        String another = "p-2026-01-03-000000.sql.gz";
        store.with(another, 10);
        small.run();
        assertThat(backupsRead()).as("always one at least").containsExactly(NEW, OLD, NEW, another);
    }

    @Test
    void aRestartForgetsNothingAndOthersKnowItToo() throws InterruptedException {
        Sidecar viewer = new Sidecar(true, Long.MAX_VALUE);
        assertThat(viewer.known()).isEmpty();
        store.rot(OLD);
        Report report = sidecar().run();
        assertThat(report.isGood()).isFalse();
        assertThat(report.message()).contains("damaged: '" + OLD + "'");
        assertThat(report.json()).contains("\"status\":\"damaged\"", "\"objects\":[\"" + OLD + "\"]");
        assertThat(sidecar().known()).containsEntry(OLD, State.DAMAGED).containsEntry(NEW, State.UNPROVEN);
        assertThat(viewer.known()).as("written meanwhile").containsEntry(OLD, State.DAMAGED);
        assertThat(viewer.journal.ended()).isEqualTo(clock.instant());
    }

    @Test
    void whoOnlyReadsWritesNothing() throws InterruptedException {
        Sidecar viewer = new Sidecar(true, Long.MAX_VALUE);
        viewer.run();
        assertThat(viewer.known()).hasSize(2);
        assertThat(sidecar().known()).isEmpty();
    }

    @Test
    void whoeverWritesTakesInWhatOthersHaveWritten() throws InterruptedException {
        Sidecar one = new Sidecar(false, 1);
        Sidecar other = new Sidecar(false, 1);
        one.run();
        other.run();
        one.run();
        assertThat(sidecar().known()).containsOnlyKeys(OLD, NEW);
    }

    @Test
    void anObjectThatWasReplacedIsUnknown() throws InterruptedException {
        store.rot(OLD);
        Sidecar sidecar = sidecar();
        sidecar.run();
        store.with(OLD, 300_000);
        assertThat(sidecar.known()).containsOnlyKeys(NEW);
        store.delete(List.of(new ObjectKey(NEW)));
        sidecar.run();
        assertThat(sidecar().known()).isEqualTo(Map.of(OLD, State.UNPROVEN));
    }

    @Test
    void theRecordIsNoBackupAndOneThatCannotBeReadIsWrittenAnew() throws InterruptedException {
        sidecar().run();
        Sidecar sidecar = sidecar();
        String record = store.read().get(store.read().size() - 1);
        assertThat(record).matches("p-[0-9a-f]{8}-verified.json.gz");
        assertThat(sidecar.catalog.refresh().entries())
                .extracting(CatalogEntry::name)
                .containsExactly(OLD, NEW);
        store.rot(record);
        Sidecar next = sidecar();
        assertThat(next.known()).isEmpty();
        assertThat(next.job.lastStart()).as("so that a period is due").isEqualTo(Instant.EPOCH);
        next.run();
        assertThat(sidecar().known()).hasSize(2);
    }

    @Test
    void aBackupThatBeginsIsGivenWayAndTheObjectReadAnewAfterwards() throws InterruptedException {
        AtomicBoolean once = new AtomicBoolean(true);
        store.onRead(name -> backupRuns.set(name.equals(NEW) && once.getAndSet(false)));
        Thread job = Thread.currentThread();
        Thread end = new Thread(() -> {
            while (!backupRuns.get() || job.getState() != Thread.State.TIMED_WAITING) { // it has let go, and waits
                Thread.onSpinWait();
            }
            backupRuns.set(false);
        });
        end.start();
        assertThat(sidecar().run().verdicts()).hasSize(2);
        end.join();
        assertThat(backupsRead()).containsExactly(NEW, NEW, OLD);
    }

    @Test
    void endsInTheMiddleOfAnObjectWhenTheSidecarStops() throws InterruptedException {
        Sidecar sidecar = sidecar();
        store.onRead(name -> sidecar.job.stop());
        assertThat(sidecar.run().verdicts()).isEmpty();
        assertThat(backupsRead()).containsExactly(NEW);
        assertThat(sidecar.journal.ended()).as("not a whole run").isEqualTo(Instant.EPOCH);
    }

    @Test
    void whatCannotBeReadIsNotDamagedAndTheOthersAreReadAllTheSame() throws InterruptedException {
        Sidecar sidecar = sidecar();
        store.onRead(name -> {
            if (name.equals(NEW)) {
                throw new StoreException(Problem.Kind.UNAVAILABLE, "the store answers 500", null, true, null);
            }
        });
        Report report = sidecar.run();
        assertThat(report.message()).isEqualTo("unreadable: '" + NEW + "': the store answers 500");
        assertThat(report.json()).contains("\"status\":\"failed\"");
        assertThat(sidecar.known()).containsOnlyKeys(OLD);
        assertThat(sidecar.journal.ended()).as("it could not read all").isEqualTo(Instant.EPOCH);
    }

    @Test
    void oneRunsAtATime() {
        Sidecar sidecar = sidecar();
        VerifyRun run = sidecar.job.reserve();
        assertThatThrownBy(sidecar.job::reserve).isInstanceOf(Problem.class).hasMessageContaining("one runs at a time");
        sidecar.job.release(run);
        sidecar.job.reserve();
    }
}
