package io.mgnlbackup.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.dump.BackupNames;
import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.retention.Sweep;
import io.mgnlbackup.retention.SweepListener;
import io.mgnlbackup.schedule.BackupSchedule;
import io.mgnlbackup.schedule.CatchUp;
import io.mgnlbackup.schedule.Schedule;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.FakeStore;
import io.mgnlbackup.testing.SetClock;
import io.mgnlbackup.wal.WalGate;
import io.mgnlbackup.wal.WalListener;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that were wrong and are set right, forwards and back: a virtual machine that was paused, a battery that is empty. */
class ClockJumpsTest {

    private static final Map<String, String> OURS = Map.of("heritage", "ours");

    private final SetClock clock = new SetClock("2026-03-03T12:00:00Z");
    private final FakeStore store = new FakeStore();
    private final Catalog catalog =
            new Catalog(store, new Settings.Objects("p", "ours", Tags.NONE), false, ZoneOffset.UTC, clock);

    private void sweep(Settings.Cycle cycle) {
        SweepListener nobody = new SweepListener() {
            @Override
            public void deleted(int count) {}

            @Override
            public void sweepFailed() {}
        };
        new Sweep(catalog, store, cycle, ZoneOffset.UTC, "ours", nobody, clock).carryOut();
    }

    /** Rotations that sort by time then delete each new backup as soon as it is there, for as long as the clock was ahead. */
    @Test
    void aBackupFromAClockThatWasAheadDoesNotHaveTheNewOnesDeleted() {
        store.with("p-2027-03-03-120000.sql.gz", OURS);
        store.with("p-2026-03-02-120000.sql.gz", OURS).with("p-2026-03-03-110000.sql.gz", OURS);
        sweep(new Settings.Cycle(1, 0, 0));
        assertThat(store.names()).containsExactly("p-2026-03-03-110000.sql.gz", "p-2027-03-03-120000.sql.gz");
    }

    @Test
    void aBackupFromAClockThatWasAheadCountsWhenItsTimeHasCome() {
        store.with("p-2027-03-03-120000.sql.gz", OURS).with("p-2027-03-04-110000.sql.gz", OURS);
        clock.set("2027-03-04T12:00:00Z");
        sweep(new Settings.Cycle(1, 0, 0));
        assertThat(store.names()).containsExactly("p-2027-03-04-110000.sql.gz");
    }

    /** Those that count days from now then delete everything. */
    @Test
    void aClockThatJumpsAYearAheadHasNothingDeletedForItsAge() {
        store.with("p-2026-03-02-120000.sql.gz", OURS).with("p-2026-03-03-110000.sql.gz", OURS);
        clock.forward(Duration.ofDays(365));
        sweep(new Settings.Cycle(2, 0, 0));
        assertThat(store.names()).hasSize(2);
    }

    @Test
    void aClockThatIsSetBackGivesNoNameTwiceAndNamesTheTimeAgain() {
        BackupNames names = new BackupNames("", BackupKind.DUMP);
        clock.forward(Duration.ofDays(365));
        names.claimSecond(clock.instant());
        clock.set("2026-03-03T12:00:00Z");
        assertThat(names.claimSecond(clock.instant())).isEqualTo("2026-03-03T12:00:00Z");
        assertThat(names.claimSecond(clock.instant())).isEqualTo("2026-03-03T12:00:01Z");
        clock.forward(Duration.ofSeconds(-30));
        assertThat(names.claimSecond(clock.instant())).isEqualTo("2026-03-03T12:00:02Z");
    }

    /** A pause of a second became one of a year, while the disk of the database filled with WAL. */
    @Test
    void aClockThatIsSetBackDoesNotStopTheArchivingOfWal() {
        WalGate gate = new WalGate(clock, new WalListener() {
            @Override
            public void archived(WalFileName name) {}

            @Override
            public void failed() {}
        });
        gate.failed("000000010000000000000003", new IOException("the store is down"));
        assertThat(gate.isOpen()).isFalse();
        clock.forward(Duration.ofDays(-365));
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void aClockThatIsSetBackDoesNotPutOffTheBackupThatWasMissed() {
        CatchUp catchUp = new CatchUp(Schedule.parse("@daily", ZoneOffset.UTC), catalog, clock);
        assertThat(catchUp.overdue()).isTrue();
        assertThat(catchUp.overdue()).isFalse();
        clock.forward(Duration.ofDays(-365));
        assertThat(catchUp.overdue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@every 24h", "0 3 * * *"})
    void aClockThatJumpsAYearAheadHasOneBackupTakenAndNotHundreds(String cron) {
        BackupSchedule schedule = new BackupSchedule(Schedule.parse(cron, ZoneOffset.UTC), clock);
        clock.forward(Duration.ofDays(365));
        assertThat(schedule.due()).isTrue();
        assertThat(schedule.due()).isFalse();
        clock.forward(Duration.ofDays(1));
        assertThat(schedule.due()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@every 24h", "0 3 * * *"})
    void aClockThatIsSetBackDoesNotSilenceTheSchedule(String cron) {
        BackupSchedule schedule = new BackupSchedule(Schedule.parse(cron, ZoneOffset.UTC), clock);
        clock.forward(Duration.ofDays(-365));
        assertThat(schedule.due()).isFalse();
        clock.forward(Duration.ofDays(1));
        assertThat(schedule.due()).isTrue();
    }
}
