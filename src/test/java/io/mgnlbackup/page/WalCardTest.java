package io.mgnlbackup.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.catalog.WalArchive;
import io.mgnlbackup.catalog.WalGaps.Gap;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.testing.ArchivedCluster;
import io.mgnlbackup.wal.WaitingFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalCardTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final WalArchive ARCHIVE = WalArchive.of(new ArchivedCluster()
            .segments(1, 3, NOW.minus(Duration.ofMinutes(9)), Duration.ofMinutes(2))
            .entries());

    private static WalCard.Folder waiting(String... names) {
        return new WalCard.Folder(
                Optional.of(new WaitingFiles(
                        Set.of(names),
                        names.length * (16L << 20),
                        names.length == 0 ? Optional.empty() : Optional.of(NOW.minusSeconds(30)))),
                Optional.empty());
    }

    @Test
    void saysThatNothingWaits() {
        assertThat(WalCard.of(waiting(), ARCHIVE, List.of(), NOW))
                .isEqualTo(new WalCard(
                        "idle", "Nothing waits", List.of("last archived: " + ArchivedCluster.name(3) + ", 3 min ago")));
    }

    @Test
    void saysWhatWaits() {
        assertThat(WalCard.of(waiting("a", "b"), ARCHIVE, List.of(), NOW))
                .isEqualTo(new WalCard(
                        "idle",
                        "2 files wait",
                        List.of(
                                "32.0 MiB, the oldest for 30 s",
                                "last archived: " + ArchivedCluster.name(3) + ", 3 min ago")));
    }

    @Test
    void namesWhatIsMissing() {
        WalCard card =
                WalCard.of(waiting("a"), ARCHIVE, List.of(gap(10, 10), gap(12, 13), gap(20, 20), gap(30, 30)), NOW);
        assertThat(card.kind()).isEqualTo("failed");
        assertThat(card.headline()).isEqualTo("5 segments missing");
        assertThat(card.lines())
                .contains(
                        "%s, %s to %s, %s and 1 more: take a base backup now"
                                .formatted(
                                        ArchivedCluster.name(10),
                                        ArchivedCluster.name(12),
                                        ArchivedCluster.name(13),
                                        ArchivedCluster.name(20)),
                        "1 file waits, 16.0 MiB, the oldest for 30 s");
    }

    private static Gap gap(int first, int last) {
        return new Gap(ArchivedCluster.name(first), ArchivedCluster.name(last), last - first + 1);
    }

    @Test
    void aGapBeforeABaseBackupAsksForNoOther() {
        WalArchive archive = WalArchive.of(new ArchivedCluster().base(NOW, 20).entries());
        assertThat(WalCard.of(waiting(), archive, List.of(gap(10, 10)), NOW).lines())
                .contains(ArchivedCluster.name(10) + ": later base backups do without");
        assertThat(WalCard.of(waiting(), archive, List.of(gap(10, 10), gap(21, 21)), NOW)
                        .lines())
                .anyMatch(line -> line.endsWith(": take a base backup now"));
    }

    @Test
    void saysThatTheFolderCannotBeRead() {
        WalCard card = WalCard.of(
                new WalCard.Folder(
                        Optional.empty(), Optional.of(new Problem(Problem.Kind.UNAVAILABLE, "it is gone", "look"))),
                ARCHIVE,
                List.of(),
                NOW);
        assertThat(card.kind()).isEqualTo("failed");
        assertThat(card.headline()).isEqualTo("Folder not readable");
        assertThat(card.lines()).contains("it is gone — look");
    }

    @Test
    void aSidecarWithoutAFolderTellsWhatIsArchived() {
        WalCard card = WalCard.of(WalCard.Folder.NONE, WalArchive.of(List.of()), List.of(), NOW);
        assertThat(card).isEqualTo(new WalCard("idle", "None missing", List.of("nothing archived yet")));
    }
}
