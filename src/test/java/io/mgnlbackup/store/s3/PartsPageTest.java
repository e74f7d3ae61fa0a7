package io.mgnlbackup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The figures of docs/s3.md that follow from how parts grow. */
class PartsPageTest {

    private static final int PARTS_IN_FLIGHT = 3;
    private static final double GIBIBYTE = 1 << 30;

    private static final Pattern ROW = Pattern.compile("\\| `([0-9]+)MiB`[^|]*\\| ([0-9.]+) GiB \\| ([0-9]+) MiB \\|");

    @Test
    void partsAreOfOneSizeUpToWhatTheTableSays() throws IOException {
        List<MatchResult> rows = ROW.matcher(page()).results().toList();
        assertThat(rows).hasSizeGreaterThan(3);
        for (MatchResult row : rows) {
            int partBytes = Integer.parseInt(row.group(1)) << 20;
            PartPlan plan = new PartPlan(partBytes, PARTS_IN_FLIGHT);
            int parts = 0;
            while (plan.buffersOf(parts + 1) == 1) {
                parts++;
            }
            assertThat(parts * (double) partBytes / GIBIBYTE - Double.parseDouble(row.group(2)))
                    .as(row.group())
                    .isBetween(-0.05, 1.0);
            assertThat(Integer.parseInt(row.group(3))).isEqualTo(PARTS_IN_FLIGHT * Integer.parseInt(row.group(1)));
        }
    }

    @Test
    void aThousandPartsHoldWhatItSays() throws IOException {
        assertThat(page()).contains("may have 10 GiB compressed", "62 GiB");
        assertThat(inThousandParts(8)).isBetween(10.0, 10.5);
        assertThat(inThousandParts(64)).isBetween(62.0, 63.0);
    }

    private static double inThousandParts(int partMebibytes) {
        PartPlan plan = new PartPlan(partMebibytes << 20, PARTS_IN_FLIGHT);
        long bytes = 0;
        for (int part = 1; part <= 1000; part++) {
            bytes += (long) plan.buffersOf(part) * plan.partBytes();
        }
        return bytes / GIBIBYTE;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/s3.md"));
    }
}
