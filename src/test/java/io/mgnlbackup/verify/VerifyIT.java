package io.mgnlbackup.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.testing.ArchivingServer;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on a folder with a base backup, WAL and a dump in it, good and then broken. */
class VerifyIT {

    @TempDir
    private static Path folder;

    private static ArchivingServer archiving;
    private static Map<String, String> settings;
    private static Path store;

    @BeforeAll
    static void backUp() throws IOException {
        store = folder.resolve("store");
        archiving = new ArchivingServer();
        archiving.postgres().psql("postgres", "CREATE TABLE kept AS SELECT n FROM generate_series(1, 1000) n");
        settings = new HashMap<>(archiving.sidecar(Map.of("FILE_DIR", store.toString())));
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await(
                    "a base backup",
                    () -> sidecar.list().stream()
                            .anyMatch(entry -> entry.path("name").asText().endsWith("-basebackup.tar.gz")));
            archiving.switchSegment();
            Files.writeString(folder.resolve("history"), "1\t0/3000000\tas after a promotion\n");
            Files.move(folder.resolve("history"), archiving.sync().resolve("00000002.history"));
            sidecar.await("all is archived", archiving::drained);
        }
        Map<String, String> dump = new HashMap<>(settings);
        dump.remove("USE_PG_WAL");
        dump.remove("SYNC_DIR");
        dump.put("CMD", "seq");
        dump.put("ARGS", "1 1000000");
        try (SidecarProcess done = SidecarProcess.launch(folder, dump, "dump")) {
            assertThat(done.awaitEnd()).as(done.log()).isZero();
        }
    }

    @AfterAll
    static void stop() {
        archiving.close();
    }

    private record Run(int status, JsonNode report, String text) {

        List<String> named(String state) {
            List<String> names = new ArrayList<>();
            report.path("objects").forEach(object -> {
                if (object.path("state").asText().equals(state)) {
                    names.add(object.path("name").asText());
                }
            });
            return names;
        }
    }

    private static Run verify(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("verify", "--output", "json"));
        all.addAll(List.of(arguments));
        try (SidecarProcess command = SidecarProcess.launch(folder, settings, all.toArray(String[]::new))) {
            int status = command.awaitEnd();
            String text = command.log();
            return new Run(status, new ObjectMapper().readTree(text.substring(text.indexOf("{\n"))), text);
        }
    }

    /** The first object whose name ends like this. */
    private static Path object(String end) throws IOException {
        Pattern name = Pattern.compile("[^.].*" + end);
        try (Stream<Path> files = Files.list(store)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            long place = at < 0 ? raw.length() + at : at;
            raw.seek(place);
            int before = raw.read();
            raw.seek(place);
            raw.write(before ^ 16);
        }
    }

    @Test
    void everythingIsGoodAfterABackup() throws IOException {
        Run run = verify();
        assertThat(run.status()).as(run.text()).isZero();
        assertThat(run.report().path("good").asBoolean()).isTrue();
        assertThat(run.named("good"))
                .anyMatch(name -> name.endsWith("-basebackup.tar.gz"))
                .anyMatch(name -> name.endsWith("-bundle.json.gz"))
                .anyMatch(name -> name.endsWith("-txlog.tar.gz"))
                .anyMatch(name -> name.endsWith(".sql.gz"));
        assertThat(verify("{wal_file=~\".+\"}", "--jobs", "4").named("good"))
                .isNotEmpty()
                .allMatch(name -> name.endsWith("-txlog.tar.gz"));
        assertThat(verify("--newest", "1").report().path("objects")).hasSize(1);
    }

    /** In the header, in the middle, in the checksum of gzip (the seal has 200 bytes and some), in the seal. */
    @ParameterizedTest
    @CsvSource({
        "[.]sql.gz, 4",
        "[.]sql.gz, 100000",
        "[.]sql.gz, -120",
        "[.]sql.gz, -3",
        "-basebackup.tar.gz, 200000",
        "-bundle.json.gz, 200",
        "-bundle.json.gz, 5",
        "-[0-9A-F]{24}-txlog.tar.gz, 3000",
        "-[0-9A-F]{24}-txlog.tar.gz, -50",
        "[.]history-txlog.tar.gz, 40",
        "[.]backup-txlog.tar.gz, 60",
    })
    void aFlippedBitIsFoundAndNamed(String suffix, long at) throws IOException {
        Path damaged = object(suffix);
        flip(damaged, at);
        try {
            Run run = verify();
            assertThat(run.status()).as(run.text()).isEqualTo(1);
            assertThat(run.named("damaged"))
                    .containsExactly(damaged.getFileName().toString());
        } finally {
            flip(damaged, at);
        }
    }

    @Test
    void anObjectThatWasCutOffIsFound() throws IOException {
        Path damaged = object("[.]sql[.]gz");
        byte[] whole = Files.readAllBytes(damaged);
        try {
            Files.write(damaged, java.util.Arrays.copyOf(whole, whole.length - 1));
            assertThat(verify().named("damaged"))
                    .containsExactly(damaged.getFileName().toString());
        } finally {
            Files.write(damaged, whole);
        }
    }

    @Test
    void missingWalAndABaseBackupThatNobodyFinishedAreNamed() throws IOException {
        Path meta = object("-bundle.json.gz");
        Path aside = folder.resolve("aside");
        Files.move(meta, aside);
        try {
            Run run = verify();
            assertThat(run.named("unproven")).singleElement().asString().endsWith("-basebackup.tar.gz");
        } finally {
            Files.move(aside, meta);
        }
    }

    @Test
    void peopleGetATableAndASentence() {
        try (SidecarProcess command = SidecarProcess.launch(folder, settings, "verify")) {
            assertThat(command.awaitEnd()).isZero();
            assertThat(command.log())
                    .contains("NAME", "BECAUSE", " good, 0 unproven, 0 damaged, 0 unreadable, 0 missing");
        }
    }
}
