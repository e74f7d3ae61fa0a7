package io.mgnlbackup.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    private final PostgresServer server = PostgresServer.shared();

    @TempDir
    private Path scratch;

    @Test
    void restoresWhatPgDumpWrote() {
        server.createDatabase("shop");
        server.createDatabase("shop_restored");
        server.loadShop("shop");

        server.restore("shop_restored", dump("shop"));

        Fingerprint source = server.fingerprint("shop");
        assertThat(source.contents())
                .hasSize(6)
                .containsKeys("public.customers", "public.order_lines", "public.orders_id_seq");
        assertThat(source.contents().get("public.orders")).startsWith("3000 rows, md5 ");
        assertThat(server.fingerprint("shop_restored")).isEqualTo(source);
    }

    @Test
    void seesOneChangedValueInTheFingerprint() {
        server.createDatabase("changed");
        server.psql(
                "changed",
                "CREATE TABLE t (id int, v numeric); INSERT INTO t SELECT n, n FROM generate_series(1, 100) n");
        Fingerprint before = server.fingerprint("changed");

        server.psql("changed", "UPDATE t SET v = 7.0 WHERE id = 7");

        assertThat(server.fingerprint("changed")).isNotEqualTo(before);
    }

    @Test
    void fillsADatabaseWithAsManyMegabytesAsAsked() throws IOException {
        server.createDatabase("filled");
        server.loadEvents("filled", 20);

        Path plain = dump("filled");
        Path small = scratch.resolve("small.gz");
        Tool.of("gzip", "-6", "-c").input(plain).output(small).run();

        assertThat(Files.size(plain)).isBetween(18_000_000L, 22_000_000L);
        assertThat((double) Files.size(plain) / Files.size(small)).isBetween(3.0, 4.0);
    }

    @Test
    void asksForThePassword() {
        Tool stranger = Tool.of(
                server.program("psql"),
                "-d",
                server.uri("postgres").replace(PostgresServer.SECRET_WORD, "guess"),
                "-c",
                "SELECT 1");

        assertThatThrownBy(stranger::run).hasMessageContaining("password authentication failed");
        assertThat(Tool.of(server.program("psql"), "-XAt", "-d", server.uri("postgres"), "-c", "SELECT 1")
                        .run())
                .isEqualTo("1");
    }

    @Test
    void saysWhatIsWrongWithAStatement() {
        assertThatThrownBy(() -> server.psql("postgres", "SELECT 1;\nSELEC 2;\nSELECT 3"))
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("syntax error at or near \"SELEC\"");
    }

    @Test
    void comesBackAfterAKillAndLeavesNothingBehind() {
        Path data;
        try (PostgresServer own = PostgresServer.start(Map.of("fsync", "on", "work_mem", "5MB"))) {
            data = own.data();
            own.psql("postgres", "CREATE TABLE kept AS SELECT 42 AS answer");

            own.kill();
            assertThatThrownBy(() -> own.psql("postgres", "SELECT 1")).hasMessageContaining("Connection refused");
            own.restart();

            assertThat(own.psql("postgres", "SELECT answer FROM kept; SHOW work_mem"))
                    .isEqualTo("42\n5MB");
        }
        assertThat(data.getParent()).doesNotExist();
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(data.toString())))
                .isEmpty();
    }

    private Path dump(String database) {
        Path file = scratch.resolve(database + ".sql");
        Tool.of(server.program("pg_dump"), database)
                .environment(server.environment())
                .output(file)
                .run();
        return file;
    }
}
