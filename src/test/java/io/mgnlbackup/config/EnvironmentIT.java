package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.FreePort;
import io.mgnlbackup.testing.GcsServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.StoreFolder;
import io.mgnlbackup.testing.WalFiles;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each variable that users of the program which we replace know, set to something else than its default: what it does, seen from outside.
 * A test is displayed by the name of the variable; those that do not hide each other share a sidecar.
 */
class EnvironmentIT {

    /** Settings that are ours alone, so that no case is asked for. */
    private static final Set<SettingKey> OURS = EnumSet.of(
            SettingKey.GZIP_LEVEL,
            SettingKey.GZIP_THREADS,
            SettingKey.S3_PUBLIC_ENDPOINT,
            SettingKey.S3_PART_SIZE,
            SettingKey.S3_PARTS_IN_FLIGHT,
            SettingKey.GCS_ENDPOINT,
            SettingKey.GCS_IAM_ENDPOINT,
            SettingKey.GCS_CHUNK_SIZE,
            SettingKey.WAL_UPLOADS,
            SettingKey.DATASOURCE,
            SettingKey.PUBLIC_URL,
            SettingKey.USERS,
            SettingKey.OPEN,
            SettingKey.ROUTES_DIR,
            SettingKey.MAX_CONNECTIONS,
            SettingKey.MAX_DOWNLOADS,
            SettingKey.REQUEST_TIMEOUT,
            SettingKey.STALL_TIMEOUT,
            SettingKey.STOP_TIMEOUT,
            SettingKey.TZ);

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }

    @Test
    void everyVariableHasACase() throws IOException {
        Set<String> cases = Stream.concat(
                        Stream.of(EnvironmentIT.class), Arrays.stream(EnvironmentIT.class.getDeclaredClasses()))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(method -> method.getAnnotation(DisplayName.class))
                .filter(Objects::nonNull)
                .map(DisplayName::value)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(cases).containsExactlyInAnyOrderElementsOf(variables());
    }

    @Test
    void everySettingIsInTheListOrOursAlone() throws IOException {
        Set<String> known = EnumSet.complementOf(EnumSet.copyOf(OURS)).stream()
                .flatMap(key -> Stream.concat(Stream.of(key.variable()), key.olderVariable().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
        known.add(SettingKey.TAG_PREFIX + "MY_LABEL");
        assertThat(variables()).containsExactlyInAnyOrderElementsOf(known);
    }

    private static List<String> variables() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/environment/variables.txt"));
    }

    /** The backup that a sidecar takes when it finds none. */
    private static JsonNode atStart(SidecarProcess sidecar) {
        sidecar.await("the backup at start", () -> sidecar.list().size() == 1);
        return sidecar.list().get(0);
    }

    @Nested
    class InDumpMode {

        private static SidecarProcess sidecar;
        private static JsonNode backup;

        @TempDir
        private static Path folder;

        @BeforeAll
        static void start() {
            String script = "if [ -e " + folder + "/slow ]; then echo row; sleep 600; fi; echo dumped";
            Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), script));
            settings.put("LOGLEVEL", "debug");
            settings.put("TAGS_MY_LABEL", "Zürich 1");
            settings.put("DUMP_TIMEOUT", "4s");
            settings.put("PREFIX", "shop/nightly");
            settings.put("HERITAGE", "environment");
            sidecar = SidecarProcess.start(folder, settings);
            backup = atStart(sidecar);
        }

        @AfterAll
        static void stop() {
            sidecar.close();
        }

        @Test
        @DisplayName("MGNLBACKUP_ADDRESS")
        void listensThereAndNowhereElse() throws IOException {
            assertThat(sidecar.port()).isNotEqualTo(9999);
            assertThat(sidecar.get("/health/live").statusCode()).isEqualTo(200);
            try (Socket other = new Socket()) {
                Assertions.assertThatThrownBy(
                                () -> other.connect(new InetSocketAddress("127.0.0.2", sidecar.port()), 5000))
                        .isInstanceOf(ConnectException.class);
            }
        }

        @Test
        @DisplayName("MGNLBACKUP_CMD")
        void runsTheCommand() throws IOException {
            assertThat(content()).isEqualTo("dumped\n");
        }

        @Test
        @DisplayName("MGNLBACKUP_ARGS")
        void passesTheArguments() throws IOException {
            Files.createFile(folder.resolve("slow"));
            assertThat(sidecar.dump().body())
                    .as("the script was told where to look")
                    .contains("timeout");
            Files.delete(folder.resolve("slow"));
        }

        @Test
        @DisplayName("MGNLBACKUP_FILE_DIR")
        void storesInTheFolder() {
            assertThat(folder.resolve("store").resolve(backup.get("name").asText()))
                    .exists();
        }

        @Test
        @DisplayName("MGNLBACKUP_LOGLEVEL")
        void tellsMore() {
            assertThat(sidecar.log()).contains("Z DEBUG ");
        }

        @Test
        @DisplayName("MGNLBACKUP_TAGS_MY_LABEL")
        void tagsTheBackup() {
            assertThat(backup.at("/tags/my_label").asText()).isEqualTo("Zürich 1");
        }

        @Test
        @DisplayName("MGNLBACKUP_CRON")
        void isDueThen() {
            assertThat(sidecar.log()).containsPattern("next backup due at 20\\d\\d-02-29T00:00:00Z");
        }

        @Test
        @DisplayName("MGNLBACKUP_DUMP_TIMEOUT")
        void killsADumpThatTakesLonger() throws IOException {
            Files.createFile(folder.resolve("slow"));
            int before = sidecar.list().size();
            assertThat(sidecar.dump().body()).contains("was killed after the timeout of 4 s");
            assertThat(sidecar.list()).hasSize(before);
            Files.delete(folder.resolve("slow"));
        }

        @Test
        @DisplayName("MGNLBACKUP_PREFIX")
        void beginsTheNameWithThePrefix() {
            assertThat(backup.get("name").asText()).matches("shop/nightly-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.sql\\.gz");
        }

        @Test
        @DisplayName("MGNLBACKUP_HERITAGE")
        void tagsTheBackupWithTheHeritage() {
            assertThat(backup.at("/tags/heritage").asText()).isEqualTo("environment");
        }

        private static String content() throws IOException {
            try (GZIPInputStream in =
                    new GZIPInputStream(sidecar.uri(path(backup)).toURL().openStream())) {
                return new String(in.readNBytes(100), java.nio.charset.StandardCharsets.UTF_8);
            }
        }

        private static String path(JsonNode entry) {
            URI link = URI.create(entry.get("link").asText());
            return link.getRawPath() + "?" + link.getRawQuery();
        }
    }

    /** By the plans that the command {@code retention} prints for ten backups, one a day. */
    @Nested
    class Retention {

        @TempDir
        private Path folder;

        @Test
        @DisplayName("MGNLBACKUP_CYCLE")
        void keepsTheCycle() {
            assertThat(kept("CYCLE", "3,0,0")).isEqualTo(3);
        }

        @Test
        @DisplayName("MGNLBACKUP_KEEPDAYS")
        void keepsTheDaysAndBeatsTheCycle() {
            assertThat(kept("KEEPDAYS", "4", "CYCLE", "8,0,0")).isEqualTo(4);
            assertThat(said).contains("MGNLBACKUP_KEEPDAYS=4 beats MGNLBACKUP_CYCLE");
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_CYCLE")
        void takesTheOlderNameOfTheCycle() {
            assertThat(kept("S3_CYCLE", "5,0,0")).isEqualTo(5);
            assertThat(said).contains("MGNLBACKUP_S3_CYCLE is deprecated").contains("rename it to MGNLBACKUP_CYCLE");
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_KEEPDAYS")
        void takesTheOlderNameOfTheDays() {
            assertThat(kept("S3_KEEPDAYS", "6")).isEqualTo(6);
            assertThat(said)
                    .contains("MGNLBACKUP_S3_KEEPDAYS is deprecated")
                    .contains("rename it to MGNLBACKUP_KEEPDAYS");
        }

        private String said = "";

        private long kept(String... variables) {
            StoreFolder store = new StoreFolder(folder.resolve("store"));
            for (int day = 1; day <= 10; day++) {
                store.add(daysAgo(day), Map.of());
            }
            Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "exit 1"));
            for (int i = 0; i < variables.length; i += 2) {
                settings.put(variables[i], variables[i + 1]);
            }
            try (SidecarProcess command = SidecarProcess.launch(folder, settings, "retention", "--dry-run")) {
                assertThat(command.awaitEnd()).as(command.log()).isZero();
                said = command.log();
            }
            assertThat(said.lines().filter(line -> line.matches("test-\\S+ +(kept|deleted) .*")))
                    .hasSize(10);
            return said.lines()
                    .filter(line -> line.matches("test-\\S+ +kept .*"))
                    .count();
        }
    }

    /** A server that checks signatures; two variables by their older names, one in a file. */
    @Nested
    class WithS3 {

        private static final String WORD = "anotherS3cret";

        private static S3Server server;
        private static SidecarProcess sidecar;
        private static JsonNode backup;

        @TempDir
        private static Path folder;

        @BeforeAll
        static void start() throws IOException {
            server = new S3Server(new Secret(WORD));
            Map<String, String> store = Map.of(
                    "S3_BUCKET",
                    "environment",
                    "S3_PREFIX",
                    "older",
                    "S3_ENDPOINT",
                    server.endpoint().getAuthority(),
                    "S3_INSECURE",
                    "true",
                    "S3_REGION",
                    "eu-central-2",
                    "S3_ACCESSKEY",
                    S3Server.ACCESS_KEY,
                    "S3_SECRETKEY_FILE",
                    Files.writeString(folder.resolve("secret"), WORD + "\n").toString());
            Map<String, String> settings = SidecarProcess.settings(store, "echo row");
            settings.remove("PREFIX");
            sidecar = SidecarProcess.start(folder, settings);
            backup = atStart(sidecar);
        }

        @AfterAll
        static void stop() {
            sidecar.close();
            server.close();
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_BUCKET")
        void takesTheOlderNameOfTheBucket() {
            assertThat(link().getPath()).startsWith("/environment/");
            assertThat(sidecar.log()).contains("MGNLBACKUP_S3_BUCKET is deprecated");
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_PREFIX")
        void takesTheOlderNameOfThePrefix() {
            assertThat(backup.get("name").asText()).startsWith("older-20");
            assertThat(sidecar.log()).contains("MGNLBACKUP_S3_PREFIX is deprecated");
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_ENDPOINT")
        void callsTheEndpoint() {
            assertThat(link().getAuthority()).isEqualTo(server.endpoint().getAuthority());
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_INSECURE")
        void callsWithoutTls() {
            assertThat(link().getScheme()).isEqualTo("http");
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_REGION")
        void signsForTheRegion() {
            assertThat(link().getQuery()).contains("/eu-central-2/s3/aws4_request");
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_ACCESSKEY")
        void signsWithTheKey() {
            assertThat(link().getQuery()).contains("X-Amz-Credential=" + S3Server.ACCESS_KEY + "/");
        }

        @Test
        @DisplayName("MGNLBACKUP_S3_SECRETKEY")
        void signsWithTheSecretThatIsInAFile() throws IOException {
            try (GZIPInputStream in = new GZIPInputStream(link().toURL().openStream())) {
                assertThat(in).hasContent("row\n");
            }
        }

        private static URI link() {
            return URI.create(backup.get("link").asText());
        }
    }

    /** With everything of S3 set as well, to a place where nobody answers. */
    @Nested
    class WithGoogleCloudStorage {

        private static GcsServer server;
        private static SidecarProcess sidecar;
        private static JsonNode backup;

        @TempDir
        private static Path folder;

        @BeforeAll
        static void start() {
            server = new GcsServer();
            Map<String, String> store =
                    new HashMap<>(S3Server.variables("ignored", URI.create("http://127.0.0.1:" + FreePort.find())));
            store.putAll(server.variables("shop-environment", server.endpoint()));
            store.put("GCS_LOCATION", "EUR4");
            store.put("GCS_LOCATION_TYPE", "multi-region");
            sidecar = SidecarProcess.start(folder, SidecarProcess.settings(store, "echo row"));
            backup = atStart(sidecar);
        }

        @AfterAll
        static void stop() {
            sidecar.close();
            server.close();
        }

        @Test
        @DisplayName("MGNLBACKUP_GCS_PROJECTID")
        void choosesGoogleAndMakesTheBucketInTheProject() {
            assertThat(server.names("shop-environment"))
                    .contains(backup.get("name").asText());
            assertThat(server.requests())
                    .anyMatch(request -> request.startsWith("POST /storage/v1/b?")
                            && request.contains("project=" + GcsServer.PROJECT));
        }

        @Test
        @DisplayName("MGNLBACKUP_BUCKET")
        void storesInTheBucket() {
            assertThat(server.names("shop-environment")).isNotEmpty();
        }

        @Test
        @DisplayName("MGNLBACKUP_GCS_LOCATION")
        void makesTheBucketThere() {
            assertThat(server.location("shop-environment")).contains("EUR4");
        }

        @Test
        @DisplayName("MGNLBACKUP_GCS_LOCATION_TYPE")
        void saysThatTheLocationIsOfAnotherType() {
            assertThat(sidecar.log()).contains("the location EUR4 is a dual-region, not a multi-region");
        }

        @Test
        @DisplayName("GOOGLE_APPLICATION_CREDENTIALS")
        void signsWithTheKeyInTheFile() throws IOException {
            assertThat(server.requests()).as("a token for the key").contains("POST /token");
            URI link = URI.create(backup.get("link").asText());
            assertThat(link.getQuery()).contains("X-Goog-Credential=backup@shop-123");
            try (GZIPInputStream in = new GZIPInputStream(link.toURL().openStream())) {
                assertThat(in).hasContent("row\n");
            }
        }
    }

    @Nested
    class ReadOnly {

        private static SidecarProcess sidecar;

        @TempDir
        private static Path folder;

        @BeforeAll
        static void start() {
            StoreFolder store = new StoreFolder(folder.resolve("store"));
            store.add(daysAgo(1), Map.of("heritage", "ours"));
            store.add(daysAgo(2), Map.of("heritage", "theirs"));
            store.add(daysAgo(3), Map.of("heritage", "magnolia-backup-1.0"));
            Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "echo row"));
            settings.put("HERITAGE", "ours");
            settings.put("READONLY", "true");
            settings.put("IGNORE_HERITAGE", "true");
            sidecar = SidecarProcess.start(folder, settings);
        }

        @AfterAll
        static void stop() {
            sidecar.close();
        }

        @Test
        @DisplayName("MGNLBACKUP_READONLY")
        void takesNoBackup() {
            assertThat(sidecar.dump().statusCode()).isEqualTo(403);
            assertThat(sidecar.list()).hasSize(3);
        }

        @Test
        @DisplayName("MGNLBACKUP_IGNORE_HERITAGE")
        void listsEveryHeritage() {
            assertThat(sidecar.list())
                    .map(entry -> entry.at("/tags/heritage").asText())
                    .containsExactlyInAnyOrder("ours", "theirs", "magnolia-backup-1.0");
        }
    }

    @Nested
    class InWalMode {

        private static final String SEGMENT = "000000010000000000000003";

        private static SidecarProcess sidecar;
        private static Path sync;

        @TempDir
        private static Path folder;

        @BeforeAll
        static void start() throws IOException {
            sync = Files.createDirectory(folder.resolve("sync"));
            Files.write(sync.resolve(SEGMENT), WalFiles.segment(SEGMENT, WalFiles.SYSTEM, 1));
            Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "exit 1"));
            settings.put("USE_PG_WAL", "true");
            settings.put("SYNC_DIR", sync.toString());
            sidecar = SidecarProcess.start(folder, settings);
        }

        @AfterAll
        static void stop() {
            sidecar.close();
        }

        @Test
        @DisplayName("MGNLBACKUP_USE_PG_WAL")
        void archivesWal() {
            sidecar.await(
                    "the segment is archived",
                    () -> sidecar.list().stream()
                            .anyMatch(entry -> entry.get("name").asText().endsWith(SEGMENT + "-txlog.tar.gz")));
        }

        @Test
        @DisplayName("MGNLBACKUP_SYNC_DIR")
        void takesItFromTheFolder() {
            sidecar.await("the file is gone", () -> !Files.exists(sync.resolve(SEGMENT)));
        }

        @Test
        @DisplayName("MGNLBACKUP_PGDATA")
        void bootLooksIntoTheFolder() throws IOException {
            Path data = folder.resolve("data");
            Files.createDirectories(data.resolve("global"));
            Files.writeString(data.resolve("PG_VERSION"), "15\n");
            Files.createFile(data.resolve("global/pg_control"));
            Map<String, String> settings = Map.of("PGDATA", data.toString());
            String nothing = sidecar.uri("/nothing").toString();
            try (SidecarProcess boot = SidecarProcess.launch(folder, settings, "boot", "--datasource", nothing)) {
                assertThat(boot.awaitEnd()).as(boot.log()).isZero();
                assertThat(boot.log()).contains("'" + data + "' already holds a cluster, nothing to do");
            }
        }
    }
}
