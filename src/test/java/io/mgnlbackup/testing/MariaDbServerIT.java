package io.mgnlbackup.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MariaDbServerIT {

    private final MariaDbServer server = MariaDbServer.shared();

    @TempDir
    private Path scratch;

    @Test
    void restoresWhatMariaDbDumpWrote() throws IOException {
        server.createDatabase("events_source");
        server.createDatabase("events_restored");
        server.loadEvents("events_source", 4);

        List<String> command = new ArrayList<>(List.of(MariaDbServer.program("mariadb-dump")));
        command.addAll(server.connection());
        command.addAll(List.of("--single-transaction", "events_source"));
        Path dump = scratch.resolve("dump.sql");
        Tool.of(command).environment(server.environment()).output(dump).run();
        server.restore("events_restored", dump);

        assertThat(Files.size(dump)).isBetween(3_600_000L, 4_400_000L);
        Fingerprint source = server.fingerprint("events_source");
        assertThat(source.contents().get("events")).startsWith("22471 rows, md5 ");
        assertThat(server.fingerprint("events_restored")).isEqualTo(source);
    }

    @Test
    void seesOneChangedValueInTheFingerprint() {
        server.createDatabase("changed");
        server.sql(
                "changed",
                "CREATE TABLE t (id int, v varchar(10)); INSERT INTO t VALUES (1, NULL), (2, 'NULL'), (3, '')");
        Fingerprint before = server.fingerprint("changed");

        server.sql("changed", "UPDATE t SET v = '' WHERE id = 1");

        assertThat(server.fingerprint("changed")).isNotEqualTo(before);
    }

    @Test
    void comesBackAfterAKillAndLeavesNothingBehind() {
        Path data;
        try (MariaDbServer own = MariaDbServer.start()) {
            data = own.data();
            own.createDatabase("kept");

            own.kill();
            assertThatThrownBy(() -> own.sql("kept", "SELECT 1")).hasMessageContaining("Can't connect");
            own.restart();

            assertThat(own.sql("kept", "SELECT DATABASE()")).isEqualTo("kept");
        }
        assertThat(data.getParent()).doesNotExist();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(data.toString())))
                .isEmpty();
    }
}
