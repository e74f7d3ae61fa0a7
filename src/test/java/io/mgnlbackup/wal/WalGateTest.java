package io.mgnlbackup.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.testing.SetClock;
import io.mgnlbackup.testing.WalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalGateTest {

    private static final String NAME = "000000010000000000000003";

    @TempDir
    private Path folder;

    private final SetClock clock = new SetClock("2026-11-23T12:00:00Z");
    private int failures;
    private final WalGate gate = new WalGate(clock, new WalListener() {
        @Override
        public void archived(WalFileName name) {}

        @Override
        public void failed() {
            failures++;
        }
    });

    @Test
    void takesAWholeSegmentAtOnce() throws IOException {
        assertThat(gate.admits(write(NAME, WalFiles.segment(NAME, 1, 1)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 8192, (1 << 20) - 1, (1 << 20) + 1})
    void waitsForASegmentThatHasNotItsSizeAndReportsItOnceWhenItStaysSo(int bytes) throws IOException {
        Path file = write(NAME, Arrays.copyOf(WalFiles.segment(NAME, 1, 1), bytes));
        assertThat(gate.admits(file)).isFalse();
        clock.forward(WalGate.PATIENCE.minusSeconds(1));
        assertThat(gate.admits(file)).isFalse();
        assertThat(failures).isZero();
        for (int i = 0; i < 3; i++) {
            clock.forward(Duration.ofSeconds(20));
            assertThat(gate.admits(file)).isFalse();
        }
        assertThat(failures).isEqualTo(1);
        assertThat(gate.needAttention()).isEqualTo(1);
        assertThat(file).exists();
    }

    @Test
    void doesNotReportAWriterThatIsSlow() throws IOException {
        byte[] whole = WalFiles.segment(NAME, 1, 1);
        Path file = write(NAME, new byte[0]);
        for (int part = 1; part <= 8; part++) {
            Files.write(file, Arrays.copyOf(whole, whole.length / 8 * part));
            clock.forward(WalGate.PATIENCE.minusSeconds(1));
            assertThat(gate.admits(file)).isEqualTo(part == 8);
        }
        assertThat(failures).isZero();
        assertThat(gate.needAttention()).isZero();
    }

    @Test
    void leavesASegmentWhoseHeaderIsOfAnotherPlaceOrNone() throws IOException {
        assertThat(gate.admits(write(NAME, WalFiles.segment("000000010000000000000004", 1, 1))))
                .isFalse();
        assertThat(gate.admits(write("000000010000000000000005", new byte[1 << 20])))
                .isFalse();
    }

    @Test
    void tellsTextFilesThatAreWholeFromThoseThatAreNot() throws IOException {
        String backup = WalFiles.backupHistory(NAME);
        assertThat(gate.admits(write(NAME + ".00000028.backup", backup))).isTrue();
        assertThat(gate.admits(write(NAME + ".00000028.backup", backup.substring(0, backup.length() - 20))))
                .isFalse();
        assertThat(gate.admits(write(NAME + ".00000028.backup", ""))).isFalse();
        assertThat(gate.admits(write("00000002.history", "1\t0/3000060\tno recovery target specified\n")))
                .isTrue();
        assertThat(gate.admits(write("00000002.history", "1\t0/3000060\tno reco")))
                .isFalse();
        assertThat(gate.admits(write("00000002.history", "nonsense\n"))).isFalse();
        assertThat(gate.admits(write(NAME + ".partial", WalFiles.segment(NAME, 1, 1))))
                .isTrue();
        assertThat(gate.admits(write("notes.txt", "hello\n"))).isFalse();
    }

    @Test
    void forgetsABrokenFileThatSomebodyTookAway() throws IOException {
        Path file = write(NAME, new byte[100]);
        gate.admits(file);
        clock.forward(WalGate.PATIENCE);
        gate.admits(file);
        assertThat(gate.needAttention()).isEqualTo(1);
        gate.keepOnly(Set.of());
        assertThat(gate.needAttention()).isZero();
    }

    @Test
    void aFileThatGrowsWithinOneTickOfItsClockIsNotReported() throws IOException {
        Path file = write(NAME, new byte[100]);
        FileTime written = Files.getLastModifiedTime(file);
        gate.admits(file);
        clock.forward(WalGate.PATIENCE);
        Files.setLastModifiedTime(write(NAME, new byte[200]), written);
        gate.admits(file);
        assertThat(gate.needAttention()).isZero();
    }

    @Test
    void doesNotTakeWhatIsGone() throws IOException {
        assertThat(gate.admits(folder.resolve(NAME))).isFalse();
    }

    @Test
    void closesForLongerAndLongerWhileTheStoreIsDown() throws IOException {
        Path file = write(NAME, WalFiles.segment(NAME, 1, 1));
        Problem down = new Problem(Problem.Kind.UNAVAILABLE, "the store does not answer");
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            gate.failed(NAME, down);
            gate.failed("000000010000000000000004", down); // it failed at the same time and adds nothing
            clock.forward(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(gate.isOpen()).as("%d s", seconds).isFalse();
            assertThat(gate.admits(file)).isFalse();
            clock.forward(Duration.ofMillis(1));
            assertThat(gate.isOpen()).isTrue();
            assertThat(gate.admits(file)).isTrue();
        }
        gate.stored(NAME);
        gate.failed(NAME, down);
        clock.forward(Duration.ofSeconds(1));
        assertThat(gate.isOpen()).as("a success begins anew").isTrue();
    }

    @Test
    void letsARefusedFileRestAndOthersPass() throws IOException {
        Path refused = write(NAME, WalFiles.segment(NAME, 1, 1));
        String other = "000000010000000000000004";
        gate.failed(NAME, new WalException("of another cluster", "look at it"));
        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.admits(refused)).isFalse();
        assertThat(gate.admits(write(other, WalFiles.segment(other, 1, 1)))).isTrue();
        assertThat(gate.needAttention()).isEqualTo(1);
        clock.forward(WalGate.REFUSED_REST);
        assertThat(gate.admits(refused)).as("somebody may have repaired it").isTrue();
        gate.keepOnly(Set.of());
        assertThat(gate.needAttention()).isZero();
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
