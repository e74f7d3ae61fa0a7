package io.mgnlbackup.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every target takes every seed of its own, also shortened, and nothing at all; and each has some. */
class FuzzSeedsTest {

    @TestFactory
    List<DynamicTest> takesEverySeed() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String target : FuzzTargets.names()) {
            tests.add(DynamicTest.dynamicTest(
                    target + ": nothing", () -> FuzzTargets.named(target).run(new byte[0])));
            for (Path seed : Seeds.of(target)) {
                tests.add(DynamicTest.dynamicTest(
                        target + ": " + seed.getFileName(),
                        () -> FuzzTargets.named(target).run(Files.readAllBytes(seed))));
            }
        }
        return tests;
    }

    @Test
    void eachTargetHasSeedsAndEachFolderATarget() throws IOException {
        assertThat(Seeds.folders()).isEqualTo(FuzzTargets.names());
        for (String target : FuzzTargets.names()) {
            assertThat(Seeds.of(target)).as(target).isNotEmpty();
        }
    }

    @Test
    void aSeedThatShowsABugFails() {
        byte[] seed = "bytes=42-1!".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> PlantedBug.run(seed)).hasMessageContaining("planted bug");
    }

    @Test
    void whatTakesTooLongOrTooMuchFails() {
        assertThatThrownBy(() -> new Bounded(FuzzSeedsTest::spin).run(new byte[1]))
                .hasMessageContaining(" ms");
        assertThatThrownBy(() -> new Bounded(FuzzSeedsTest::hoard).run(new byte[1]))
                .hasMessageContaining("of memory");
    }

    private static void spin(byte[] input) {
        long end = System.nanoTime() + 30_000_000_000L;
        long before = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        while (System.nanoTime() < end
                && java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before
                        < 1_100_000_000L) {
            Thread.onSpinWait();
        }
    }

    private static void hoard(byte[] input) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            all.add(new byte[1 << 20]);
        }
        assertThat(all).hasSize(70);
    }
}
