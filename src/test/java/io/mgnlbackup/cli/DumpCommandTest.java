package io.mgnlbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DumpCommandTest {

    @Test
    void saysWhatIsStored() {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute("dump")).isZero();
        assertThat(run.out()).isEqualToIgnoringNewLines("stored 'shop-2026-01-01-000000.sql.gz', 1.5 MiB");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void printsJsonWithTheMembersOfTheHttpAnswer() {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute("dump", "--output", "JSON")).isZero();
        assertThat(run.out())
                .isEqualToIgnoringNewLines("{\"name\":\"shop-2026-01-01-000000.sql.gz\",\"size\":1572864}");
    }

    @Test
    void needsACommand() {
        CommandRun run = new CommandRun().variable("MGNLBACKUP_BUCKET", "backups");

        assertThat(run.execute("dump")).isEqualTo(2);
        assertThat(run.err()).startsWith("mgnlbackup: MGNLBACKUP_CMD is not set");
    }
}
