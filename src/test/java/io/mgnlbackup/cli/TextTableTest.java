package io.mgnlbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static final int ROWS = 40_000;
    private static final long MOST_NANOS =
            8_000_000_000L; // of the processor; a look at all rows for each cell takes far more

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table = new TextTable(List.of("A", "B"), Set.of(0));
        table.add("100", "x");

        assertThat(table.print().lines()).containsExactly("  A  B", "100  x");
    }

    @Test
    void aLongListIsPrintedInTimeThatGrowsWithItsLength() {
        TextTable table = new TextTable(List.of("A", "B"), Set.of());
        for (int i = 0; i < ROWS; i++) {
            table.add("row " + i, "x");
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long started = threads.getCurrentThreadCpuTime();

        assertThat(table.print().lines()).hasSize(ROWS + 1);
        assertThat(threads.getCurrentThreadCpuTime() - started).isLessThan(MOST_NANOS);
    }
}
