package io.mgnlbackup.config;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.store.Sha256;
import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.testing.ArchivingServer;
import io.mgnlbackup.testing.MariaDbServer;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SecretScan;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What can be seen of a sidecar from outside in a whole run at the level trace: its threads, properties and flags, everything over JMX, the list of
 * processes, the environment of its children, its files, its answers, the names and tags of what it stores. Allowed is the environment of the
 * sidecar itself, which is where the secrets come from; the password of the database in that of programs that need it; and links in the
 * answers to those who may have them.
 */
class SecretScanIT {

    /** With signs that look different in a URL. */
    private static final String S3_WORD = "S3cret/Store+5Wd";

    private static final String TOKEN = "t0ken/of+ci-Qm2xVb7nRw";
    private static final String USER_PASSWORD = "S3cret/Of?Anna+8Yh";
    private static final String WRONG_PASSWORD = "almost/S3cret+8Yhu";
    private static final Pattern SIGNATURE = Pattern.compile("X-Amz-Signature=([0-9a-f]{64})");

    /** What Java itself starts programs with has the environment of the sidecar for a moment. */
    private static final Set<String> WHERE_SECRETS_COME_FROM =
            Set.of("environ of the sidecar", "environ of jspawnhelper");

    private static final Set<String> WHO_ASKS_THE_DATABASE = Set.of(
            "environ of the sidecar",
            "environ of jspawnhelper",
            "environ of setsid",
            "environ of pg_dump",
            "environ of pg_basebackup",
            "environ of psql",
            "environ of mariadb-dump");

    @TempDir
    private Path folder;

    private final SecretScan scan = new SecretScan();

    private Map<String, String> settings(S3Server store, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(S3Server.variables("scan", store.endpoint()));
        settings.put("S3_SECRETKEY", S3_WORD);
        settings.put("LOGLEVEL", "trace");
        settings.put("CRON", "0 0 29 2 *");
        settings.put("PREFIX", "test");
        settings.put("HERITAGE", "tests");
        settings.put("=AWS_SECRET_ACCESS_KEY", S3_WORD);
        settings.put("=JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
        settings.putAll(more);
        return settings;
    }

    private void isNowhereElse(String secret, Set<String> allowed) {
        Set<String> places = new TreeSet<>(scan.places(secret));
        places.removeAll(allowed);
        assertThat(places).as("where a secret stands and need not be").isEmpty();
    }

    @Test
    void noSecretIsWhereItNeedNotBeWhileADumpRuns() throws Exception {
        PostgresServer database = PostgresServer.shared();
        database.dropDatabase("scan");
        database.createDatabase("scan");
        database.psql("scan", "CREATE TABLE held (id int)");
        try (S3Server store = new S3Server(new Secret(S3_WORD))) {
            Map<String, String> settings =
                    settings(store, Map.of("CMD", database.program("pg_dump"), "ARGS", "-d scan"));
            database.environment().forEach((name, value) -> settings.put("=" + name, value));
            Process lock = holdTable(database);
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings);
                    scan) {
                scan.follow(sidecar.process().toHandle());
                sidecar.await("pg_dump waits for the table", () -> scan.places().contains("environ of pg_dump"));
                scan.java(sidecar.process());
                release(database);
                sidecar.await("the dump is done", () -> sidecar.metric("mgnlbackup_seconds_count") == 1);
                scan.add("list", json(sidecar, "/list", Map.of()).body());
                scan.add("metrics", sidecar.get("/metrics").body());
                scan.add("log", sidecar.log());
                scan.files(folder.resolve("tmp"));
                assertThat(scan.at("VM.flags")).isNotEmpty().doesNotContain("+HeapDumpOnOutOfMemoryError");
                assertThat(scan.at("Thread.print")).contains("dump-stderr");
                assertThat(scan.at("JMX")).contains("direct:backup-to-store", "java.vm.version");
                assertThat(scan.places(S3_WORD)).contains("environ of the sidecar");
                assertThat(scan.places(PostgresServer.SECRET_WORD))
                        .contains("environ of pg_dump", "environ of the sidecar");
                isNowhereElse(S3_WORD, WHERE_SECRETS_COME_FROM);
                isNowhereElse(PostgresServer.SECRET_WORD, WHO_ASKS_THE_DATABASE);
            } finally {
                release(database);
                lock.destroyForcibly();
            }
        } finally {
            database.dropDatabase("scan");
        }
    }

    @Test
    void noSecretIsWhereItNeedNotBeFromTheFirstBaseBackupToTheRestore() throws Exception {
        String users = "ci:write,metrics:sha256:" + sum(TOKEN) + ";anna:write:"
                + BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(5, USER_PASSWORD.toCharArray());
        Set<String> signatures = new TreeSet<>();
        try (S3Server store = new S3Server(new Secret(S3_WORD));
                ArchivingServer archiving = new ArchivingServer()) {
            Map<String, String> settings =
                    settings(store, archiving.sidecar(Map.of("USERS", users, "VERIFY_CRON", "@every 10s")));
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings);
                    scan) {
                scan.follow(sidecar.process().toHandle());
                sidecar.await(
                        "a base backup",
                        () -> json(sidecar, "/list", bearer()).body().contains("-basebackup.tar.gz"));
                archiving.switchSegment();
                sidecar.await("all is archived", archiving::drained);
                scan.java(sidecar.process());
                String link = use(sidecar, signatures);
                restore(link);
                restore("http://ci:" + URLEncoder.encode(TOKEN, StandardCharsets.UTF_8) + "@127.0.0.1:" + sidecar.port()
                        + "/bundle/now?mode=restore");
                sidecar.await("it verifies", () -> sidecar.log().contains("verification done"));
                scan.add("log", sidecar.log());
                scan.files(folder.resolve("tmp"));
            }
            stored(store);
        }
        assertThat(scan.places())
                .contains("environ of pg_basebackup", "environ of psql", "names and tags", "log of boot");
        assertThat(scan.at("log")).contains("DEBUG", "Audit: ci");
        assertThat(signatures).hasSizeGreaterThan(3);
        signatures.forEach(signature -> isNowhereElse(signature, Set.of("answers to those who may")));
        for (String secret : List.of(S3_WORD, sum(TOKEN), users.substring(users.lastIndexOf(':') + 1))) {
            assertThat(scan.places(secret)).contains("environ of the sidecar");
            isNowhereElse(secret, WHERE_SECRETS_COME_FROM);
        }
        for (String secret : List.of(TOKEN, USER_PASSWORD, WRONG_PASSWORD)) {
            isNowhereElse(secret, Set.of());
        }
        isNowhereElse(PostgresServer.SECRET_WORD, WHO_ASKS_THE_DATABASE);
    }

    /** What clients with credentials do, and one without; answers the link for boot. */
    private String use(SidecarProcess sidecar, Set<String> signatures) throws IOException {
        for (Map<String, String> who : List.of(bearer(), basic("ci", TOKEN), basic("anna", USER_PASSWORD))) {
            keep(json(sidecar, "/list", who).body(), signatures);
            HttpResponse<String> page = sidecar.send("GET", "/list?instant=now", who, "");
            assertThat(page.statusCode()).isEqualTo(200);
            keep(page.body(), signatures);
        }
        for (Map<String, String> who : List.of(basic("anna", WRONG_PASSWORD), basic(WRONG_PASSWORD, "x"))) {
            HttpResponse<String> refused = json(sidecar, "/list", who);
            assertThat(refused.statusCode()).isEqualTo(401);
            scan.add("a refusal", refused.body() + refused.headers());
        }
        scan.add("a refusal", json(sidecar, "/nothing?token=x", bearer()).body());
        scan.add("metrics", json(sidecar, "/metrics", bearer()).body());
        scan.add("health", sidecar.get("/health/ready").body());
        String answer =
                json(sidecar, "/bundle/now?mode=restore&upload", bearer()).body();
        keep(answer, signatures);
        keep(json(sidecar, "/bundle/now?mode=restore", bearer()).body(), signatures);
        return new ObjectMapper().readTree(answer).path("link").asText();
    }

    private void keep(String answer, Set<String> signatures) {
        scan.add("answers to those who may", answer);
        Matcher matcher = SIGNATURE.matcher(answer);
        while (matcher.find()) {
            signatures.add(matcher.group(1));
        }
    }

    /** Boot by a link, which it gets by its environment, as an init container does. */
    private void restore(String link) throws Exception {
        Map<String, String> settings = new HashMap<>();
        Path data = folder.resolve("data" + link.hashCode());
        settings.put("DATASOURCE", link);
        settings.put("PGDATA", data.toString());
        settings.put("LOGLEVEL", "trace");
        try (SidecarProcess boot = SidecarProcess.launch(folder, settings, "boot")) {
            assertThat(boot.awaitEnd()).as(boot.log()).isZero();
            scan.add("log of boot", boot.log());
        }
        scan.add("settings that boot writes", Files.readString(data.resolve("postgresql.auto.conf")));
    }

    /** Everything that others see who may list the bucket. */
    private void stored(S3Server store) {
        try (S3Client client = S3Clients.client(new StoreSettings.S3(
                "scan",
                store.endpoint(),
                Optional.empty(),
                "us-east-1",
                Optional.of(new StoreSettings.Credentials(
                        Objects.requireNonNull(
                                S3Server.variables("scan", store.endpoint()).get("S3_ACCESSKEY")),
                        new Secret(S3_WORD))),
                5 << 20,
                3))) {
            for (S3Object object :
                    client.listObjectsV2(list -> list.bucket("scan")).contents()) {
                scan.add(
                        "names and tags",
                        object.key() + " "
                                + client.headObject(head -> head.bucket("scan").key(object.key()))
                                        .metadata());
            }
        }
    }

    @Test
    void thePasswordOfMariaDbIsInTheEnvironmentOfItsProgramAlone() throws Exception {
        MariaDbServer database = MariaDbServer.shared();
        database.createDatabase("scan");
        try (S3Server store = new S3Server(new Secret(S3_WORD))) {
            Map<String, String> settings = settings(
                    store,
                    Map.of(
                            "CMD",
                            MariaDbServer.program("mariadb-dump"),
                            "ARGS",
                            String.join(" ", database.connection()) + " --verbose scan"));
            database.environment().forEach((name, value) -> settings.put("=" + name, value));
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings);
                    scan) {
                scan.follow(sidecar.process().toHandle());
                sidecar.await("a dump", () -> sidecar.metric("mgnlbackup_seconds_count") == 1);
                assertThat(sidecar.dump().statusCode()).isEqualTo(200);
                scan.java(sidecar.process());
                scan.add("list", sidecar.get("/list").body());
                scan.add("metrics", sidecar.get("/metrics").body());
                scan.add("log", sidecar.log());
                scan.files(folder.resolve("tmp"));
            }
        }
        assertThat(scan.places(MariaDbServer.SECRET_WORD)).contains("environ of the sidecar");
        isNowhereElse(MariaDbServer.SECRET_WORD, WHO_ASKS_THE_DATABASE);
        isNowhereElse(S3_WORD, WHERE_SECRETS_COME_FROM);
    }

    private static HttpResponse<String> json(SidecarProcess sidecar, String path, Map<String, String> who) {
        Map<String, String> headers = new HashMap<>(who);
        headers.put("Accept", "application/json");
        return sidecar.send("GET", path, headers, "");
    }

    private static Map<String, String> bearer() {
        return Map.of("Authorization", "Bearer " + TOKEN);
    }

    private static Map<String, String> basic(String name, String password) {
        String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return Map.of("Authorization", "Basic " + pair);
    }

    private static String sum(String token) {
        MessageDigest digest = Sha256.begin();
        digest.update(token.getBytes(StandardCharsets.UTF_8));
        return Sha256.end(digest);
    }

    /** Another session, which lets pg_dump wait. */
    private static Process holdTable(PostgresServer database) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        database.program("psql"), "-d", "scan", "-c", "BEGIN; LOCK TABLE held; SELECT pg_sleep(120)")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(database.environment());
        Process lock = builder.start();
        while (!database.psql("scan", "SELECT count(*) FROM pg_locks WHERE relation = 'held'::regclass AND granted")
                .strip()
                .equals("1")) {
            assertThat(lock.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        return lock;
    }

    private static void release(PostgresServer database) {
        database.psql(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%LOCK TABLE held%' AND pid <> pg_backend_pid()");
    }
}
