package io.mgnlbackup.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildEnvironmentTest {

    private static final Map<String, String> ALL = Map.of(
            "PGPASSWORD", "a",
            "PATH", "/bin",
            "MGNLBACKUP_ARGS", "-pb",
            "MGNLBACKUP_S3_SECRETKEY", "c",
            "MGNLBACKUP_S3_SECRETKEY_FILE", "/run/secrets/c",
            "MGNLBACKUP_CRON", "@daily",
            "GOOGLE_APPLICATION_CREDENTIALS", "/run/secrets/d",
            "AWS_SECRET_ACCESS_KEY", "e");

    private static Map<String, String> of(String program) {
        return ChildEnvironment.of(new DumpCommand(program, List.of(), ALL, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_dump", "/usr/lib/postgresql/15/bin/pg_basebackup", "psql", "mysqldump", "mariadb-dump"})
    void aProgramOfADatabaseGetsNoneOfOurSecrets(String program) {
        assertThat(of(program)).containsOnlyKeys("PGPASSWORD", "PATH", "MGNLBACKUP_CRON");
    }

    @Test
    void mongodumpMayLogInWithARoleOfAmazons() {
        assertThat(of("mongodump")).containsKey("AWS_SECRET_ACCESS_KEY").doesNotContainKey("MGNLBACKUP_S3_SECRETKEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "/opt/backup.sh", "pg_dump.sh"})
    void whatElseAUserRunsGetsEverything(String program) {
        assertThat(of(program)).isEqualTo(ALL);
    }
}
