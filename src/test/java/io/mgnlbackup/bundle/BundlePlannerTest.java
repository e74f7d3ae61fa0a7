package io.mgnlbackup.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalGaps;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.postgres.WalSegmentName;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.testing.FakeStore;
import io.mgnlbackup.testing.SetClock;
import io.mgnlbackup.testing.WalArchiveModel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BundlePlannerTest {

    private static final Optional<Long> ANY = Optional.empty();

    private final FakeStore store = new FakeStore();
    private final WalArchiveModel cluster =
            new WalArchiveModel(store, Instant.parse("2026-03-01T00:00:00Z"), Duration.ofMinutes(1));

    private ClusterArchive archive() {
        Catalog catalog = new Catalog(
                store,
                new Settings.Objects("p", "ours", Tags.NONE),
                false,
                ZoneOffset.UTC,
                new SetClock("2026-04-01T00:00:00Z"));
        return WalArchive.of(catalog.refresh().entries()).newestCluster().orElseThrow();
    }

    private BundlePlanner planner() {
        return new BundlePlanner(archive());
    }

    private static List<String> files(Bundle bundle) {
        return bundle.files().stream().map(file -> file.name().text()).toList();
    }

    @Test
    void takesTheNewestBaseBackupThatHadEndedAndTheWalUpToALaterTransaction() {
        cluster.write(3);
        String first = cluster.baseBackup();
        cluster.write(5);
        Instant between = cluster.now();
        cluster.write(5);
        String second = cluster.baseBackup();
        List<String> behind = cluster.write(2);

        Bundle bundle = planner().at(between, ANY);
        assertThat(bundle.base().base().name()).isEqualTo(first);
        assertThat(files(bundle))
                .containsExactly(
                        "000000010000000000000004",
                        "000000010000000000000005",
                        "000000010000000000000006",
                        "000000010000000000000007",
                        "000000010000000000000008",
                        "000000010000000000000009",
                        "00000001000000000000000A",
                        "00000001000000000000000B");
        assertThat(bundle.target()).contains(between);

        Bundle latest = planner().latest(ANY);
        assertThat(latest.base().base().name()).isEqualTo(second);
        assertThat(files(latest)).hasSize(4).endsWith(behind.toArray(new String[0]));
        assertThat(latest.target()).isEmpty();
    }

    @Test
    void setsNoTargetWhereNoLaterTransactionWouldStopRecovery() {
        cluster.baseBackup();
        cluster.write(1);
        Instant last = cluster.now().minusMillis(1);
        assertThat(planner().at(last, ANY).target()).isEmpty();
        assertThat(planner().at(last.minusMillis(1), ANY).target()).isPresent();
        assertThatThrownBy(() -> planner().at(last.plusMillis(1), ANY))
                .hasMessageContaining("the archived WAL ends before, with 000000010000000000000003");
    }

    @Test
    void refusesAnInstantBeforeTheFirstBaseBackupHadEnded() {
        Instant before = cluster.now();
        cluster.baseBackup();
        cluster.write(1);
        assertThatThrownBy(() -> planner().at(before, ANY))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.NOT_FOUND);
                    assertThat(problem.hint().orElse(""))
                            .contains("reachable: 2026-03-01T00:01:00.001Z to 2026-03-01T00:02:59.999Z");
                })
                .hasMessageContaining("no base backup had ended by then");
    }

    @Test
    void namesTheSegmentThatIsMissingAndWorksBeforeIt() {
        cluster.baseBackup();
        cluster.write(3);
        Instant before = cluster.now().minusSeconds(90);
        List<String> lost = cluster.write(1);
        cluster.write(3);
        Instant behind = cluster.now().minusSeconds(30);
        store.remove(cluster.object(lost.get(0)));

        assertThat(files(planner().at(before, ANY))).hasSize(4);
        assertThatThrownBy(() -> planner().at(behind, ANY))
                .hasMessageContaining("WAL segment " + lost.get(0) + " is missing");
        assertThat(WalGaps.find(archive(), Set.of())).containsExactly(new WalGaps.Gap(lost.get(0), lost.get(0), 1));
        assertThat(WalGaps.find(archive(), Set.of(lost.get(0))))
                .as("it is on its way")
                .isEmpty();

        cluster.baseBackup();
        cluster.write(2);
        assertThat(planner().at(cluster.now().minusSeconds(30), ANY).target())
                .as("from a later base backup")
                .isPresent();
        assertThatThrownBy(() -> planner().at(behind, ANY)).hasMessageContaining(lost.get(0));
    }

    @Test
    void aBaseBackupWithoutAllOfItsOwnWalIsPassedOver() {
        String good = cluster.baseBackup();
        cluster.write(2);
        WalSegmentName lost = cluster.next();
        cluster.baseBackup();
        cluster.write(2);
        store.remove(cluster.object(lost.toString()));
        assertThat(planner().latest(ANY).base().base().name()).isEqualTo(good);
        assertThat(files(planner().latest(ANY))).hasSize(4);
    }

    @Test
    void followsTheTimelineThatWasWrittenAtTheInstant() {
        cluster.baseBackup();
        cluster.write(4);
        WalSegmentName branch = cluster.next();
        cluster.write(4);
        Instant onTheOld = cluster.now().minusSeconds(90);
        cluster.rest(Duration.ofHours(1));
        long second = cluster.branchAt(branch);
        cluster.write(4);
        Instant onTheNew = cluster.now().minusSeconds(90);

        assertThat(planner().at(onTheOld, ANY).timeline()).isEqualTo(1);
        Bundle bundle = planner().at(onTheNew, ANY);
        assertThat(bundle.timeline()).isEqualTo(second);
        assertThat(files(bundle))
                .startsWith("00000002.history")
                .contains("000000010000000000000006", "000000020000000000000007")
                .doesNotContain("000000010000000000000007");
        assertThat(planner().latest(Optional.of(1L)).wal()).hasSize(10);
        assertThat(planner().latest(ANY).timeline()).isEqualTo(second);
        assertThatThrownBy(() -> planner().latest(Optional.of(7L))).hasMessageContaining("no timeline 7");
        assertThat(WalGaps.find(archive(), Set.of())).isEmpty();
    }

    @Test
    void findsAnInstantOnATimelineWhoseHistoryWasArchivedLate() {
        cluster.baseBackup();
        cluster.write(2);
        cluster.branchAt(cluster.next());
        cluster.write(3);
        Instant onTheNew = cluster.now().minusSeconds(90);
        cluster.rest(Duration.ofMinutes(10));
        cluster.historyCameLate();
        assertThat(planner().at(onTheNew, ANY).timeline()).isEqualTo(2);
    }

    @Test
    void aBaseBackupBehindTheBranchDoesNotLeadToTheOtherTimeline() {
        String early = cluster.baseBackup();
        cluster.write(2);
        WalSegmentName branch = cluster.next();
        cluster.write(2);
        String late = cluster.baseBackup();
        cluster.write(1);
        cluster.branchAt(branch);
        cluster.write(8); // beyond the place of the late one
        assertThat(planner().latest(ANY).base().base().name()).isEqualTo(early);
        assertThat(planner().latest(Optional.of(1L)).base().base().name()).isEqualTo(late);
    }

    @Test
    void aBaseBackupWithoutItsMetaObjectDoesNotCount() {
        String good = cluster.baseBackup();
        cluster.write(1);
        String unfinished = cluster.baseBackup();
        store.remove(unfinished.replace("-basebackup.tar.gz", "-bundle.json.gz"));
        cluster.write(1);
        assertThat(planner().latest(ANY).base().base().name()).isEqualTo(good);
    }

    @Test
    void nowDoesNotFollowATimelineWithoutWalNorOneThatWasLeft() {
        cluster.baseBackup();
        cluster.write(2);
        WalSegmentName branch = cluster.next();
        List<String> ours = cluster.write(2);
        cluster.branchAt(branch);
        assertThat(planner().latest(ANY).timeline())
                .as("only a history file yet")
                .isEqualTo(1);
        assertThat(files(planner().latest(ANY))).endsWith(ours.toArray(new String[0]));

        cluster.write(3);
        assertThat(planner().latest(ANY).timeline()).isEqualTo(2);
        cluster.rest(Duration.ofMinutes(5));
        cluster.goOnAt("000000010000000000000007");
        cluster.baseBackup();
        assertThat(planner().latest(ANY).timeline())
                .as("a base backup was taken on the old one since")
                .isEqualTo(1);
    }

    @Test
    void showsWhichBaseBackupWalFollowsWhateverWasKnownWhenItWasStored() {
        String before = cluster.write(1).get(0);
        String first = cluster.baseBackup();
        String between = cluster.write(1).get(0);
        String second = cluster.baseBackup();
        String behind = cluster.write(1).get(0);
        assertThat(parent(before)).isEmpty();
        assertThat(parent(between)).contains(first);
        assertThat(parent(behind)).contains(second);
    }

    private Optional<String> parent(String file) {
        return Optional.ofNullable(archive().segments().get(file))
                .flatMap(found -> found.entry().tags().get("basebackup_parent"));
    }
}
