package io.mgnlbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListCommandTest {

    @Test
    void printsATable() {
        CommandRun run = new CommandRun().variable("MGNLBACKUP_BUCKET", "backups");

        assertThat(run.execute("list")).isZero();
        assertThat(run.out()).isEqualTo("""
                        NAME                           TIME                     SIZE  TAGS
                        shop-2026-01-02-030000.sql.gz  2026-01-02T03:00:01Z  2.0 KiB  daily tier=app
                        shop-2026-01-01-030000.sql.gz  2026-01-02T03:00:01Z  1.5 MiB
                        """);
        assertThat(run.sidecar.calls).containsExactly("list " + Integer.MAX_VALUE);
    }

    @Test
    void printsJsonWithTheMembersOfTheHttpAnswer() {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute("list", "--limit=1", "-o", "json")).isZero();
        assertThat(run.out()).isEqualToIgnoringWhitespace("""
                        [ {
                          "link" : "http://minio:9000/backups/shop-2026-01-02-030000.sql.gz?X-Amz-Signature=abc",
                          "name" : "shop-2026-01-02-030000.sql.gz",
                          "last_modified" : "2026-01-02T03:00:01.500Z",
                          "size" : 2048,
                          "daily" : true,
                          "weekly" : false,
                          "monthly" : false,
                          "tags" : { "daily" : "true", "tier" : "app" }
                        } ]
                        """);
    }

    @Test
    void saysThatThereAreNone() {
        assertThat(ListText.table(List.of())).isEqualToIgnoringNewLines("no backups");
        assertThat(ListText.json(List.of())).isEqualToIgnoringWhitespace("[]");
    }

    @Test
    void refusesALimitBelowZero() {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute("list", "--limit=-1")).isEqualTo(2);
        assertThat(run.err()).startsWith("mgnlbackup: --limit: '-1' is not accepted");
    }

    @Test
    void refusesAnOutputThatThereIsNot() {
        CommandRun run = CommandRun.ofMinimum();

        assertThat(run.execute("list", "--output=yaml")).isEqualTo(2);
        assertThat(run.err()).contains("'yaml'").contains("text", "json");
    }
}
