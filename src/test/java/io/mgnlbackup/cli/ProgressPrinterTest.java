package io.mgnlbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressPrinterTest {

    private final StringWriter err = new StringWriter();
    private final AtomicLong now = new AtomicLong();

    @ParameterizedTest
    @CsvSource({
        "0, PT0S, '0 B, 0 B/s, 0:00'",
        "1572864, PT3S, '1.5 MiB, 512 KiB/s, 0:03'",
        "5368709120, PT1H2M3S, '5.0 GiB, 1.3 MiB/s, 1:02:03'",
    })
    void tellsBytesRateAndTime(long bytes, Duration elapsed, String line) {
        assertThat(ProgressPrinter.line(bytes, elapsed)).isEqualTo(line);
    }

    @Test
    void rewritesOneLineOnATerminalAndClearsItAtTheEnd() {
        try (ProgressPrinter printer = printer(true)) {
            printer.reached(1);
            pass(Duration.ofSeconds(1));
            printer.reached(1536);
            printer.reached(1537);
            pass(Duration.ofSeconds(1));
            printer.reached(2);
        }

        assertThat(err.toString().split("\r", -1))
                .containsExactly("", "1.5 KiB, 1.5 KiB/s, 0:01", "2 B, 1 B/s, 0:02        ", " ".repeat(16), "");
    }

    @Test
    void keepsOffTheScreenWhenNobodyWatches() {
        try (ProgressPrinter printer = printer(false)) {
            pass(Duration.ofMinutes(1));
            printer.reached(1536);
        }

        assertThat(err.toString()).isEmpty();
    }

    private ProgressPrinter printer(boolean terminal) {
        return new ProgressPrinter(terminal, new PrintWriter(err), now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
