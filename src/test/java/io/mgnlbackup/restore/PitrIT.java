package io.mgnlbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.testing.ArchivingServer;
import io.mgnlbackup.testing.Folder;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The test that counts: a server under load, archived and backed up meanwhile, restored to instants that nobody chose beforehand. A row is
 * written now and then with the time in it, and the server remembers when each was committed: so it is known which of them each restored
 * server must show, to the microsecond.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PitrIT {

    private static final int INSTANTS = 10;
    private static final Duration LOAD = Duration.ofSeconds(12);
    private static final long SEED = System.nanoTime();

    @TempDir
    private static Path folder;

    private static S3Server store;
    private static ArchivingServer archiving;
    private static SidecarProcess sidecar;
    private static Instant from;
    private static Instant to;

    @BeforeAll
    static void runALoad() throws Exception {
        store = new S3Server();
        archiving = new ArchivingServer(1); // small segments: many of them, and many ends of them
        PostgresServer server = archiving.postgres();
        server.createDatabase("bench");
        server.psql("bench", "CREATE TABLE marks (id int PRIMARY KEY, at timestamptz)");
        tool(server, "pgbench", "-i", "-q", "-s", "3", "bench").run();
        sidecar = SidecarProcess.start(folder, archiving.sidecar(S3Server.variables("pitr", store.endpoint())));
        sidecar.await("the first base backup", () -> !baseBackups().isEmpty());

        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        try {
            int[] next = {1};
            var marks = threads.scheduleWithFixedDelay(
                    () -> server.psql("bench", "INSERT INTO marks VALUES (" + next[0]++ + ", clock_timestamp())"),
                    0,
                    300,
                    TimeUnit.MILLISECONDS);
            var load = threads.submit(
                    () -> tool(server, "pgbench", "-n", "-c", "3", "-R", "300", "-T", "" + LOAD.toSeconds(), "bench")
                            .run());
            HttpResponse<String> during = sidecar.dump();
            assertThat(during.statusCode()).as(during.body()).isEqualTo(200);
            from = Instant.parse(
                    baseBackups().get(1).get("tags").get("basebackup_end").asText());
            load.get();
            assertThat(marks.isDone()).as("marks are still written").isFalse();
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        to = commitTime(server, "SELECT max(id) FROM marks");
        archiving.switchSegment();
        sidecar.await("everything is archived", archiving::drained);
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        archiving.close();
        store.close();
    }

    @Test
    @Order(1)
    void bootsToTenRandomInstants() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < INSTANTS; i++) {
            long micros = random.nextLong(Duration.between(from, to).toNanos() / 1000);
            Instant target = from.plusNanos(micros * 1000);
            String seen = "instant " + target + ", seed " + SEED;
            Path data = boot("/bundle/" + target);
            try (PostgresServer restored = PostgresServer.onRestored(data, Map.of("archive_mode", "off"))) {
                assertThat(newestMark(restored)).as(seen).isEqualTo(newestMarkAt(target));
                assertWhole(restored);
                assertThat(data.resolve("mgnlbackup_wal")).doesNotExist();
            } finally {
                Folder.delete(data);
            }
        }
    }

    @Test
    @Order(2)
    void unpacksADownloadWithTar() throws Exception {
        Instant target = from.plus(Duration.between(from, to).dividedBy(2));
        Path data = PostgresServer.emptyFolder();
        Path tar = folder.resolve("pgdata.tar");
        Tool.of(
                        "curl",
                        "-sSf",
                        "-o",
                        tar.toString(),
                        sidecar.uri("/bundle/" + target + "?download").toString())
                .run();
        Tool.of("tar", "-x", "-C", data.toString(), "-f", tar.toString()).run();
        giveTo(data);
        try (PostgresServer restored = PostgresServer.onRestored(data, Map.of("archive_mode", "off"))) {
            assertThat(newestMark(restored)).isEqualTo(newestMarkAt(target));
            assertWhole(restored);
        } finally {
            Folder.delete(data);
        }
    }

    @Test
    @Order(3)
    void restoresTheLatestStateAndAfterThePromotionTheNewTimeline() throws Exception {
        Path data = boot("/bundle/now");
        Instant branched;
        Instant onTheNew;
        String latest = archiving.postgres().psql("bench", "SELECT max(id) FROM marks");
        try (PostgresServer restored = PostgresServer.onRestored(data, archiving.settings())) {
            assertThat(newestMark(restored)).isEqualTo(latest);
            branched = Instant.now();
            restored.psql("bench", "INSERT INTO marks VALUES (100000, clock_timestamp())");
            onTheNew = commitTime(restored, "SELECT 100000");
            restored.psql("bench", "INSERT INTO marks VALUES (100001, clock_timestamp())");
            restored.psql("postgres", "SELECT pg_switch_wal()");
            sidecar.await(
                    "the new timeline is archived",
                    () -> sidecar.list().stream()
                            .anyMatch(
                                    entry -> entry.at("/tags/wal_file").asText().matches("00000002[0-9A-F]{16}")));
        } finally {
            Folder.delete(data);
        }
        assertThat(sidecar.list())
                .anyMatch(entry -> entry.at("/tags/wal_file").asText().equals("00000002.history"));

        Path again = boot("/bundle/" + onTheNew);
        try (PostgresServer restored = PostgresServer.onRestored(again, Map.of("archive_mode", "off"))) {
            assertThat(newestMark(restored))
                    .as("the instant lies on timeline 2")
                    .isEqualTo("100000");
            assertThat(restored.psql("postgres", "SELECT timeline_id FROM pg_control_checkpoint()"))
                    .isEqualTo("3");
        } finally {
            Folder.delete(again);
        }
        Path old = boot("/bundle/" + from.plusMillis(500));
        try (PostgresServer restored = PostgresServer.onRestored(old, Map.of("archive_mode", "off"))) {
            assertThat(newestMark(restored)).as("before " + branched).isEqualTo(newestMarkAt(from.plusMillis(500)));
        } finally {
            Folder.delete(old);
        }
    }

    @Test
    @Order(4)
    void namesASegmentThatIsMissingAndWorksBeforeIt() throws Exception {
        Instant early = from.plus(Duration.between(from, to).dividedBy(4));
        List<String> files = new ArrayList<>();
        SidecarProcess.json(sidecar.get("/bundle/" + early))
                .forEach(item -> files.add(item.get("name").asText()));
        String last = files.get(files.size() - 1);
        String lost = sidecar.list().stream()
                .map(entry -> entry.get("name").asText())
                .filter(name -> name.endsWith("-txlog.tar.gz") && name.contains("-00000001"))
                .filter(name -> file(name).compareTo(file(last)) > 0)
                .min(Comparator.comparing(PitrIT::file))
                .orElseThrow();
        try (var client = S3Clients.client(store.settings("pitr"))) {
            client.deleteObject(object -> object.bucket("pitr").key(lost));
        }
        Instant late = to.minusMillis(50);
        HttpResponse<String> beyond = sidecar.get("/bundle/" + late + "?timeline=1");
        assertThat(beyond.statusCode()).as(beyond.body()).isEqualTo(404);
        assertThat(beyond.body()).contains("WAL segment " + file(lost) + " is missing", "reachable: ");
        sidecar.await("it is counted", () -> sidecar.metric("mgnlbackup_wal_gaps") >= 1);
        assertThat(sidecar.log()).contains("WAL is missing: " + file(lost));

        Path data = boot("/bundle/" + early);
        try (PostgresServer restored = PostgresServer.onRestored(data, Map.of("archive_mode", "off"))) {
            assertThat(newestMark(restored)).isEqualTo(newestMarkAt(early));
        } finally {
            Folder.delete(data);
        }
    }

    private static String file(String object) {
        return object.replaceAll(".*-([0-9A-F]{24}).*", "$1");
    }

    /** Stores a bundle, and boots from nothing but the link that comes back. */
    private static Path boot(String bundle) throws Exception {
        HttpResponse<String> answer = sidecar.get(bundle + "?mode=restore&upload");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String link = SidecarProcess.json(answer).get("link").asText();
        Path data = PostgresServer.emptyFolder();
        String said = Tool.of("./mgnlbackup", "boot", "--datasource", link, "--pgdata", data.toString())
                .run();
        assertThat(said).contains("restored 'test-");
        try (var files = Files.walk(data)) {
            assertThat(files.map(PitrIT::rights).distinct()).allMatch(rights -> rights.endsWith("------"));
        }
        return data;
    }

    private static String rights(Path file) {
        try {
            return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Archives do not carry the account of the test's servers. */
    private static void giveTo(Path data) throws Exception {
        String owner = Files.getOwner(data).getName();
        Tool.of("chown", "-R", owner, data.toString()).run();
    }

    private static List<com.fasterxml.jackson.databind.JsonNode> baseBackups() {
        return new ArrayList<>(sidecar.list().stream()
                .filter(entry -> entry.path("name").asText().endsWith("-basebackup.tar.gz"))
                .toList());
    }

    private static String newestMark(PostgresServer server) {
        Awaitility.await("promoted")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        server.psql("postgres", "SELECT pg_is_in_recovery()").equals("f"));
        return server.psql("bench", "SELECT coalesce(max(id), 0) FROM marks");
    }

    /** What had been committed by then. */
    private static String newestMarkAt(Instant target) {
        return archiving
                .postgres()
                .psql(
                        "bench",
                        "SELECT coalesce(max(id), 0) FROM marks WHERE pg_xact_commit_timestamp(xmin) <= '" + target
                                + "'");
    }

    private static Instant commitTime(PostgresServer server, String id) {
        return Instant.parse(server.psql(
                "bench",
                "SET TimeZone = 'UTC'; SELECT to_char(pg_xact_commit_timestamp(xmin), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                        + " FROM marks WHERE id = (" + id + ")"));
    }

    private static void assertWhole(PostgresServer server) {
        tool(server, "pg_amcheck", "--install-missing", "--heapallindexed", "bench")
                .run();
        assertThat(
                        server.psql(
                                "bench",
                                "SELECT (SELECT sum(abalance) FROM pgbench_accounts) = (SELECT sum(bbalance) FROM pgbench_branches)"))
                .isEqualTo("t");
    }

    private static Tool tool(PostgresServer server, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(server.program(program)));
        command.addAll(List.of(arguments));
        return Tool.of(command).environment(server.environment());
    }
}
