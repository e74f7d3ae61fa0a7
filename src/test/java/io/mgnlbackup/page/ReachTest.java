package io.mgnlbackup.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.catalog.ClusterArchive;
import io.mgnlbackup.catalog.WalGaps;
import io.mgnlbackup.testing.ArchivedCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {

    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant NOW = START.plus(Duration.ofDays(2));
    private static final Duration HOUR = Duration.ofHours(1);

    private static Instant hour(int hours) {
        return START.plus(Duration.ofHours(hours));
    }

    private static Reach draw(ArchivedCluster archived) {
        ClusterArchive cluster = archived.cluster();
        return Reach.of(
                cluster,
                cluster.ranges(),
                GapPlace.of(cluster, WalGaps.find(cluster, Set.of())),
                Optional.empty(),
                ZoneOffset.UTC,
                NOW);
    }

    private static double percent(String text) {
        return Double.parseDouble(text.substring(0, text.length() - 1));
    }

    /** A base backup half an hour into a segment, and segments of an hour each. */
    private static ArchivedCluster withBase() {
        return new ArchivedCluster().base(START.plusSeconds(1800), 1);
    }

    @Test
    void drawsABaseBackupAndWhatItReaches() {
        Reach reach = draw(withBase().segments(1, 24, START, HOUR));
        assertThat(reach.points())
                .singleElement()
                .extracting(Reach.Mark::title)
                .isEqualTo("test-2026-11-20-002900-basebackup.tar.gz, ended 2026-11-20 00:30:00");
        assertThat(reach.bars())
                .singleElement()
                .extracting(Reach.Bar::title)
                .isEqualTo("Can be restored to: 2026-11-20 00:30:00 to 2026-11-20 23:59:59");
        assertThat(reach.bars().get(0).x()).isEqualTo(reach.points().get(0).x());
        assertThat(percent(reach.bars().get(0).width())).isBetween(47.0, 48.0);
        assertThat(reach.holes()).as("the rest is not archived yet").isEmpty();
        assertThat(reach.gaps()).isEmpty();
        assertThat(reach.summary())
                .isEqualTo("1 base backup; can be restored to: 2026-11-20 00:30:00 to 2026-11-20 23:59:59;"
                        + " no WAL is missing");
    }

    @Test
    void marksAGapAndWhatIsLostUntilTheNextBaseBackup() {
        Reach reach = draw(withBase()
                .segments(1, 10, START, HOUR)
                .segments(13, 40, hour(12), HOUR)
                .base(hour(20).plusSeconds(60), 21));
        assertThat(reach.bars()).hasSize(2);
        assertThat(reach.holes())
                .singleElement()
                .extracting(Reach.Bar::title)
                .isEqualTo("Cannot be restored to: 2026-11-20 10:00:00 to 2026-11-20 20:01:00");
        assertThat(reach.gaps())
                .singleElement()
                .extracting(Reach.Mark::title)
                .isEqualTo("WAL is missing: " + ArchivedCluster.name(11) + " to " + ArchivedCluster.name(12));
        assertThat(reach.gaps().get(0).x()).isEqualTo(reach.holes().get(0).x());
        assertThat(reach.summary()).endsWith("; 2 segments missing");
    }

    @Test
    void aGapBehindTheLastBaseBackupLosesEverythingUntilNow() {
        Reach reach = draw(withBase().segments(1, 10, START, HOUR).segments(12, 30, hour(11), HOUR));
        assertThat(reach.holes())
                .singleElement()
                .extracting(Reach.Bar::title)
                .isEqualTo("Cannot be restored to: 2026-11-20 10:00:00 to 2026-11-22 00:00:00");
    }

    @Test
    void aBaseBackupWithoutItsWalReachesNothing() {
        Reach reach = draw(withBase());
        assertThat(reach.bars()).isEmpty();
        assertThat(reach.points()).hasSize(1);
        assertThat(reach.summary()).contains("nothing can be restored to");
    }

    @Test
    void aSilentDatabaseHasABarThatCanBeSeen() {
        Reach reach = draw(withBase().segments(1, 1, START, Duration.ofMinutes(10)));
        assertThat(percent(reach.bars().get(0).width())).isPositive();
        assertThat(reach.bars().get(0).title()).endsWith("2026-11-20 00:30:00 to 2026-11-20 00:30:00");
    }

    @Test
    void marksThePickedInstant() {
        ClusterArchive cluster = withBase().segments(1, 24, START, HOUR).cluster();
        Reach reach = Reach.of(
                cluster, cluster.ranges(), java.util.List.of(), Optional.of(hour(24)), ZoneId.of("Europe/Berlin"), NOW);
        assertThat(reach.picked()).singleElement().isEqualTo(new Reach.Mark("49.49%", "Picked: 2026-11-21 01:00:00"));
    }

    @Test
    void staysSmallWhateverIsArchived() {
        ArchivedCluster archived = new ArchivedCluster();
        Duration each = Duration.ofSeconds(5);
        for (int i = 0; i < 30_000; i += 60) {
            Instant begin = START.plus(each.multipliedBy(i));
            archived.base(begin.plusSeconds(1), i + 1).segments(i + 1, i + 50, begin, each);
        }
        Reach reach = draw(archived);
        assertThat(reach.points()).hasSizeBetween(100, 170);
        assertThat(reach.bars())
                .singleElement()
                .extracting(Reach.Bar::title)
                .asString()
                .endsWith(", except in 499 gaps too short to be drawn");
        assertThat(reach.holes()).hasSizeLessThan(2);
        assertThat(reach.gaps()).hasSizeBetween(10, 25);
        assertThat(reach.gaps().get(0).title()).contains("gaps, the last: WAL is missing: ");
        assertThat(reach.summary().length()).isLessThan(500);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T00:00:00Z, PT3M",
        "2026-11-20T00:00:00Z, PT5H",
        "2026-10-25T00:10:00Z, PT30H", // the clocks are set back
        "2026-11-20T00:00:00Z, P9D",
        "2026-01-01T00:00:00Z, P400D",
        "2016-01-01T00:00:00Z, P9000D"
    })
    void labelsAreFewRoundAndInOrder(Instant from, Duration length) {
        TimeAxis axis = TimeAxis.of(from, from.plus(length), ZoneId.of("Europe/Berlin"));
        assertThat(axis.ticks()).hasSizeBetween(2, 7);
        assertThat(axis.ticks()).extracting(tick -> percent(tick.x())).isSorted();
        assertThat(axis.ticks().get(0).below()).isNotEmpty();
    }

    @Test
    void anAxisOfNoTimeHasAWidth() {
        TimeAxis axis = TimeAxis.of(NOW, NOW, ZoneOffset.UTC);
        assertThat(axis.percent(NOW)).isEqualTo(2);
        assertThat(axis.percent(NOW.plusSeconds(3600))).isEqualTo(98);
    }
}
