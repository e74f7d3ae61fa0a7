package io.mgnlbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.FakeStore;
import io.mgnlbackup.testing.SetClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final Map<String, String> OURS = Map.of("heritage", "ours");

    private final SetClock clock = new SetClock("2026-03-03T12:00:00Z");
    private final FakeStore store = new FakeStore();

    private CatchUp catchUp(String cron) {
        Catalog catalog =
                new Catalog(store, new Settings.Objects("p", "ours", Tags.NONE), false, ZoneOffset.UTC, clock);
        return new CatchUp(Schedule.parse(cron, ZoneOffset.UTC), catalog, clock);
    }

    @Test
    void isOverdueOnceWhenThereIsNoBackup() {
        CatchUp catchUp = catchUp("@daily");
        assertThat(catchUp.overdue()).isTrue();
        assertThat(catchUp.overdue()).isFalse();
        store.with("p-2026-03-03-120001.sql.gz", OURS);
        clock.forward(Duration.ofDays(3));
        assertThat(catchUp.overdue()).as("the schedule's business from now on").isFalse();
    }

    @Test
    void triesAgainWhileTheDatabaseDoesNotAnswerYet() {
        CatchUp catchUp = catchUp("@daily");
        assertThat(minutesOfTries(catchUp, 180)).containsExactly(0, 1, 3, 7, 14, 28, 55);
    }

    @Test
    void doesNotRepeatABackupThatTookHoursToFail() {
        CatchUp catchUp = catchUp("@daily");
        assertThat(catchUp.overdue()).isTrue();
        clock.forward(Duration.ofHours(3));
        assertThat(minutesOfTries(catchUp, 180)).isEmpty();
    }

    private List<Integer> minutesOfTries(CatchUp catchUp, int minutes) {
        List<Integer> tries = new ArrayList<>();
        for (int minute = 0; minute < minutes; minute++) {
            if (catchUp.overdue()) {
                tries.add(minute);
            }
            clock.forward(Duration.ofMinutes(1));
        }
        return tries;
    }

    @Test
    void isOverdueWhenTheNewestIsOlderThanTheLastDueTime() {
        store.with("p-2026-03-02-235959.sql.gz", OURS);
        assertThat(catchUp("@daily").overdue()).isTrue();
        store.with("p-2026-03-03-000000.sql.gz", OURS);
        assertThat(catchUp("@daily").overdue()).isFalse();
    }

    @Test
    void countsAPeriodFromTheNewestBackup() {
        store.with("p-2026-03-03-060001.sql.gz", OURS);
        assertThat(catchUp("@every 6h").overdue()).isFalse();
        assertThat(catchUp("@every 5h").overdue()).isTrue();
    }

    @Test
    void doesNotCountTheBackupsOfOthers() {
        store.with("p-2026-03-03-100000.sql.gz", Map.of("heritage", "theirs"));
        assertThat(catchUp("@daily").overdue()).isTrue();
    }

    @Test
    void asksAgainWhenTheStoreDidNotAnswer() {
        CatchUp catchUp = catchUp("@daily");
        store.setDown(true);
        assertThatThrownBy(catchUp::overdue).isInstanceOf(StoreException.class);
        store.setDown(false);
        assertThat(catchUp.overdue()).isTrue();
    }
}
