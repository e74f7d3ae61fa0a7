package io.mgnlbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.SettingKey;
import org.junit.jupiter.api.Test;

class ConfigCommandTest {

    @Test
    void printsEverySettingWithItsValueAndWhereThatCameFrom() {
        CommandRun run = CommandRun.ofMinimum().variable("MGNLBACKUP_S3_CYCLE", "1,2,3");

        assertThat(run.execute("config", "--prefix=shop")).isZero();
        assertThat(run.out().lines()).hasSize(SettingKey.values().length + 1);
        assertThat(run.out())
                .containsPattern("SETTING +VALUE +FROM\n")
                .containsPattern("MGNLBACKUP_CMD +pg_dump +MGNLBACKUP_CMD\n")
                .containsPattern("MGNLBACKUP_PREFIX +shop +--prefix\n")
                .containsPattern("MGNLBACKUP_CYCLE +1,2,3 +MGNLBACKUP_S3_CYCLE\n")
                .containsPattern("MGNLBACKUP_DUMP_TIMEOUT +10h +default\n");
        assertThat(run.err())
                .isEqualToIgnoringNewLines("mgnlbackup: warning: MGNLBACKUP_S3_CYCLE is deprecated and will go away:"
                        + " rename it to MGNLBACKUP_CYCLE");
    }

    @Test
    void neverPrintsASecret() {
        CommandRun run = CommandRun.ofMinimum()
                .variable("MGNLBACKUP_S3_ACCESSKEY", "AKIDEXAMPLE")
                .variable("MGNLBACKUP_S3_SECRETKEY", "hunter2")
                .variable("DB_PASSWORD", "hunter3")
                .variable(
                        "MGNLBACKUP_ARGS", "--uri=mongodb://a:hunter4@db -p hunter5 -phunter6 -x hunter3 $DB_PASSWORD")
                .variable("MGNLBACKUP_TAGS_NOTE", "x")
                .variable("MGNLBACKUP_CMD", "mongodump")
                .variable("MGNLBACKUP_S3_ENDPOINT", "https://a:hunter7@minio");

        assertThat(run.execute("config")).isEqualTo(2);
        assertThat(run.execute("config", "-o", "json")).isEqualTo(2);
        assertThat(run.out() + run.err()).doesNotContain("hunter");
        assertThat(run.out()).contains("--uri=mongodb://a:****@db -p **** -p**** -x **** $DB_PASSWORD");
    }

    @Test
    void listsEverythingThatIsWrongAndFails() {
        CommandRun run = new CommandRun().variable("MGNLBACKUP_GZIP_LEVEL", "12");

        assertThat(run.execute("config", "--output=json")).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(3).allMatch(line -> line.startsWith("mgnlbackup: "));
        assertThat(run.out()).contains("\"problems\" : [ \"MGNLBACKUP_GZIP_LEVEL: '12' is not accepted");
    }

    @Test
    void printsTheTags() {
        CommandRun run = CommandRun.ofMinimum().variable("MGNLBACKUP_TAGS_TIER", "app");

        assertThat(run.execute("config", "--tag=Zone=a")).isZero();
        assertThat(run.out())
                .containsPattern("tag tier +app +MGNLBACKUP_TAGS_TIER\n")
                .containsPattern("tag zone +a +--tag Zone\n");
    }
}
