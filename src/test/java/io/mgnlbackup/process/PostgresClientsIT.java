package io.mgnlbackup.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real programs of the server's version, between an older and a newer version that say so instead of dumping. */
class PostgresClientsIT {

    private static final PostgresServer SERVER = PostgresServer.shared();

    private final int major =
            Integer.parseInt(SERVER.psql("postgres", "SHOW server_version_num").strip()) / 10_000;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void install() throws IOException {
        root = Files.createDirectory(folder.resolve("postgresql"));
        Files.createDirectories(root.resolve(Integer.toString(major)));
        Files.createSymbolicLink(root.resolve(major + "/bin"), SERVER.programs());
        for (int other : List.of(major - 1, major + 2)) {
            Path bin = Files.createDirectories(root.resolve(other + "/bin"));
            for (String program : List.of("pg_dump", "pg_dumpall", "pg_basebackup")) {
                script(bin.resolve(program), "echo of " + other);
            }
            Files.createSymbolicLink(bin.resolve("psql"), Path.of(SERVER.program("psql")));
        }
        Files.createDirectory(root.resolve("common"));
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource({
        "pg_dump, --schema-only postgres",
        "pg_dump, --schema-only -d postgres",
        "pg_dump, --schema-only --dbname=URI",
        "pg_dump, --schema-only -n public postgres",
        "pg_dumpall, --globals-only",
        "pg_dumpall, --globals-only -d URI",
        "pg_basebackup, -D - -F t -X none -c fast",
        "pg_basebackup, -D - -F t -X none -c fast -d URI",
    })
    void runsTheClientOfTheServersVersion(String program, String arguments) throws IOException {
        String output = run(program, arguments, SERVER.environment());
        assertThat(output).doesNotStartWith("of ").hasSizeGreaterThan(100);
        if (!program.equals("pg_basebackup")) {
            assertThat(output).contains("PostgreSQL database");
        }
    }

    @Test
    void runsTheNextNewerOneWhenThatOfTheServerIsNotThere() throws IOException {
        Files.delete(root.resolve(major + "/bin"));
        assertThat(run("pg_dump", "postgres", SERVER.environment())).isEqualTo("of " + (major + 2) + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h 127.0.0.1 -p 1", "-U nobody postgres"})
    void runsTheNewestWhenTheServerCannotBeAsked(String arguments) throws IOException {
        assertThat(run("pg_dump", arguments, SERVER.environment())).isEqualTo("of " + (major + 2) + "\n");
    }

    @Test
    void asksForTheVersionEvenWhereTheDatabaseIsMissingAndLetsTheDumpSayIt() {
        assertThatThrownBy(() -> run("pg_dump", "nothing_of_that_name", SERVER.environment()))
                .isInstanceOf(DumpException.class)
                .satisfies(thrown -> assertThat(((DumpException) thrown).stderrTail())
                        .contains("database \"nothing_of_that_name\" does not exist"));
    }

    @Test
    void leavesAProgramOfTheUsersOwnAlone() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        script(own.resolve("pg_dump"), "echo my own");
        Map<String, String> environment = new HashMap<>(SERVER.environment());
        environment.put("PATH", own + ":/usr/bin:/bin");
        assertThat(run("pg_dump", "postgres", environment)).isEqualTo("my own\n");
        assertThat(run(root.resolve(major - 1 + "/bin/pg_dump").toString(), "postgres", environment))
                .as("a path")
                .isEqualTo("of " + (major - 1) + "\n");
    }

    @Test
    void showsNoPasswordThatTheUserDidNot() {
        DumpCommand chosen = clients().fitting(command("pg_dump", "postgres", SERVER.environment()));
        assertThat(chosen.arguments()).containsExactly("postgres");
        assertThat(chosen.environment()).containsEntry("PGPASSWORD", PostgresServer.PASSWORD);
        assertThat(chosen.environment()).doesNotContainKeys("PGDATABASE", "PGCONNECT_TIMEOUT");
    }

    private PostgresClients clients() {
        return new PostgresClients(root, text -> text);
    }

    private String run(String program, String arguments, Map<String, String> environment) throws IOException {
        return ShortAnswer.of(clients().fitting(command(program, arguments, environment)), text -> text);
    }

    private static DumpCommand command(String program, String arguments, Map<String, String> environment) {
        List<String> words =
                List.of(arguments.replace("URI", SERVER.uri("postgres")).split(" "));
        return new DumpCommand(program, words, environment, Duration.ofSeconds(60));
    }
}
