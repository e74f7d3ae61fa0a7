package io.mgnlbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NextCommandTest {

    @Test
    void printsTimesInUtcOneALine() {
        CommandRun run =
                new CommandRun().variable("MGNLBACKUP_CRON", "30 2 * * *").variable("TZ", "Europe/Zurich");
        assertThat(run.execute("next", "-n", "2", "--from", "2026-03-28T00:00:00Z"))
                .isZero();
        assertThat(run.out()).isEqualTo("2026-03-28T01:30:00Z\n2026-03-30T00:30:00Z\n");
    }

    @Test
    void needsNothingButTheSchedule() {
        CommandRun run = new CommandRun();
        assertThat(run.execute("next", "--cron", "@every 6h", "--from", "2026-01-01T00:00:00Z", "-n", "1"))
                .isZero();
        assertThat(run.out()).isEqualTo("2026-01-01T06:00:00Z\n");
    }

    @Test
    void saysWhatIsWrong() {
        CommandRun schedule = new CommandRun().variable("MGNLBACKUP_CRON", "61 * * * *");
        assertThat(schedule.execute("next")).isEqualTo(2);
        assertThat(schedule.err()).contains("MGNLBACKUP_CRON", "61").doesNotContain("Exception");
        CommandRun time = new CommandRun();
        assertThat(time.execute("next", "--from", "yesterday")).isEqualTo(2);
        assertThat(time.err()).contains("yesterday").doesNotContain("Exception");
        CommandRun count = new CommandRun();
        assertThat(count.execute("next", "-n", "-1")).isEqualTo(2);
    }
}
