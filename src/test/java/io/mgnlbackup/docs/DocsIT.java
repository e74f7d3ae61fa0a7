package io.mgnlbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.Fingerprint;
import io.mgnlbackup.testing.MariaDbServer;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the documentation in the order in which a reader would, against real servers, and compares what they print.
 *
 * <p>Hosts, ports, accounts and folders are others here: each test declares them as stand-ins. The pages about WAL mode are {@link WalDocsIT}'s.
 */
class DocsIT {

    private static final String PASSWORD = "Docs-only.1";

    @TempDir
    private Path folder;

    private PageSidecars sidecars;

    @BeforeEach
    void sidecars() {
        sidecars = new PageSidecars(folder);
    }

    @Test
    @RunsPage("docs/postgresql.md")
    void postgresql() {
        PostgresServer server = PostgresServer.start();
        server.createDatabase("shop");
        server.loadShop("shop");
        Fingerprint original = server.fingerprint("shop");
        try (server;
                PostgresServer target = PostgresServer.start();
                PageRun page = new PageRun("docs/postgresql.md", folder)) {
            // The account of the page, with the rights that the page gives it; the server has a superuser of that name.
            page.path(server.programs())
                    .environment(server.environment())
                    .standIn("…", PASSWORD)
                    .standIn("ROLE backup", "ROLE docs_backup")
                    .standIn("TO backup", "TO docs_backup")
                    .standIn("-h db -U backup", "-h 127.0.0.1 -p " + server.port() + " -U docs_backup")
                    .on("sql", block -> server.psql("postgres", page.here(block.text())))
                    .onSettings(settings -> {
                        Map<String, String> all = new HashMap<>(settings);
                        all.put("PATH", server.programs() + ":" + System.getenv("PATH"));
                        page.standIn(
                                "http://localhost:9999",
                                sidecars.start(all).uri("").toString());
                        // The first one is of one database: its backup is what the page restores first.
                        page.standIn(
                                "http://localhost:9999", sidecars.get(0).uri("").toString());
                    });
            page.through("--single-transaction shop_restored");
            assertThat(server.fingerprint("shop_restored")).isEqualTo(original);

            page.export("link", newestLink(sidecars.get(1)));
            page.export("PGPORT", Integer.toString(target.port()));
            page.through("psql -d postgres");
            assertThat(target.fingerprint("shop")).isEqualTo(original);

            page.export("link", newestLink(sidecars.start(customFormat(server))));
            target.dropDatabase("shop_restored");
            target.createDatabase("shop_restored");
            page.rest();
            assertThat(target.fingerprint("shop_restored")).isEqualTo(original);
        } finally {
            sidecars.close();
        }
    }

    private static Map<String, String> customFormat(PostgresServer server) {
        Map<String, String> settings = new HashMap<>(server.environment());
        settings.put("MGNLBACKUP_CMD", server.program("pg_dump"));
        settings.put("MGNLBACKUP_ARGS", "-Fc -Z0 shop");
        return settings;
    }

    private static String newestLink(SidecarProcess sidecar) {
        return sidecar.list().get(0).get("link").asText();
    }

    @Test
    @RunsPage("docs/mysql.md")
    void mysql() throws IOException {
        MariaDbServer server = MariaDbServer.shared();
        server.dropDatabase("shop");
        server.createDatabase("shop");
        server.loadEvents("shop", 1);
        try (PageRun page = new PageRun("docs/mysql.md", folder)) {
            Path options = page.folder().resolve("my.cnf");
            page.environment(server.environment())
                    .standIn("…", PASSWORD)
                    .standIn("/run/secrets/my.cnf", options.toString())
                    .standIn("backup@'%'", "docs_backup@'%'")
                    .standIn("user=backup", "user=docs_backup")
                    .standIn("-u backup", "-u docs_backup")
                    .standIn("-u root -p", "-u " + MariaDbServer.USER) // a prompt needs a person
                    .standIn("-h db", "--protocol=TCP -h 127.0.0.1 -P " + server.port())
                    .on("sql", block -> server.sql("mysql", page.here(block.text())))
                    .on("ini", block -> write(options, page.here(block.text())))
                    .onSettings(settings -> {
                        String uri = sidecars.start(settings).uri("").toString();
                        page.standIn("http://localhost:9999", uri);
                    });
            page.rest();
            assertThat(server.fingerprint("shop_restored")).isEqualTo(server.fingerprint("shop"));
        } finally {
            sidecars.close();
            server.dropDatabase("shop_restored");
            server.dropDatabase("shop");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @RunsPage({"docs/retention.md", "docs/queries.md"})
    void lists() {
        StoreFolder store = new StoreFolder(folder.resolve("store"));
        for (String day : new String[] {"21", "22", "23"}) {
            store.add(Instant.parse("2026-11-" + day + "T03:30:00Z"), Map.of("namespace", "prod-shop"));
        }
        Map<String, String> settings =
                SidecarProcess.shellDump(folder.resolve("store"), "exit 1"); // lists, and takes no backup
        Map<String, String> variables = new HashMap<>();
        settings.forEach((name, value) -> variables.put("MGNLBACKUP_" + name, value));
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            for (String name : new String[] {"docs/retention.md", "docs/queries.md"}) {
                try (PageRun page =
                        new PageRun(name, folder.resolve(Path.of(name).getFileName()))) {
                    page.environment(variables)
                            .standIn("shop-2026", "test-2026")
                            .standIn("http://localhost:9999", sidecar.uri("").toString())
                            .standIn("localhost:9999", "127.0.0.1:" + sidecar.port());
                    page.rest();
                }
            }
        }
    }

    @Test
    @RunsPage("docs/format.md")
    void format() {
        PostgresServer server = PostgresServer.shared();
        server.createDatabase("format");
        server.loadShop("format");
        server.dropDatabase("shop_restored"); // other tests use this server
        server.createDatabase("shop_restored");
        try (S3Server store = new S3Server();
                PageRun page = new PageRun("docs/format.md", folder)) {
            Map<String, String> dump = new HashMap<>(server.environment());
            dump.put("MGNLBACKUP_CMD", server.program("pg_dump"));
            dump.put("MGNLBACKUP_ARGS", "format");
            dump.put("MGNLBACKUP_TAGS_MY_LABEL", "café");
            Map<String, String> toS3 = new HashMap<>(dump);
            toS3.putAll(PageSidecars.storeKeys());
            toS3.put("MGNLBACKUP_BUCKET", "shop-backups");
            toS3.put("MGNLBACKUP_S3_ENDPOINT", store.endpoint().toString());
            String inS3 = name(sidecars.start(toS3));
            page.path(server.programs())
                    .environment(server.environment())
                    .environment(Map.of(
                            "AWS_ACCESS_KEY_ID",
                            S3Server.ACCESS_KEY,
                            "AWS_SECRET_ACCESS_KEY",
                            S3Server.SECRET_KEY.value(),
                            "AWS_DEFAULT_REGION",
                            "us-east-1"))
                    .program("aws", "PATH=${PATH#*:} exec aws --endpoint-url " + store.endpoint() + " \"$@\"")
                    .standIn("shop-2026-03-01-033000.sql.gz", inS3);
            page.through("aws s3 cp");
            assertThat(server.fingerprint("shop_restored")).isEqualTo(server.fingerprint("format"));

            server.dropDatabase("shop_restored");
            server.createDatabase("shop_restored");
            page.standIn("shop-2026-03-01-033000.sql.gz", name(sidecars.start(dump)))
                    .standIn("/backups", folder.resolve("sidecar-1/store").toString());
            page.through("gunzip -c /backups");
            assertThat(server.fingerprint("shop_restored")).isEqualTo(server.fingerprint("format"));
            page.standIn("shop-2026-03-01-033000.sql.gz", inS3);
            page.rest();
        } finally {
            sidecars.close();
            server.dropDatabase("shop_restored");
            server.dropDatabase("format");
        }
    }

    @Test
    @RunsPage("docs/mongodb.md")
    void mongodb() throws IOException {
        Path options = folder.resolve("mongo.yaml");
        try (PageRun page = new PageRun("docs/mongodb.md", folder)) {
            // Stand for the real ones: the archive is the arguments and what the file with the password holds.
            page.program(
                            "mongodump",
                            "for to in 1 2; do printf '%s\\n' \"$@\" >&$to; cat \"${1#--config=}\" >&$to; done")
                    .program("mongorestore", "printf '%s\\n' \"$@\" >>restored.arguments; cat >>restored.archive")
                    .standIn("…", PASSWORD)
                    .standIn("/run/secrets/mongo.yaml", options.toString())
                    .on("yaml", block -> write(options, page.here(block.text())))
                    .onSettings(settings -> {
                        settings.put("PATH", page.programs() + ":" + System.getenv("PATH"));
                        page.standIn(
                                "http://localhost:9999",
                                sidecars.start(settings).uri("").toString());
                    });
            page.rest();
            assertThat(page.folder().resolve("restored.archive"))
                    .content()
                    .startsWith("--config=" + options + "\n--archive\n--oplog\n")
                    .contains("mongodb://backup:" + PASSWORD + "@db:27017");
            assertThat(page.folder().resolve("restored.arguments"))
                    .content()
                    .startsWith("--config=/run/secrets/restore.yaml\n--archive\n--oplogReplay\n--config");
            page.program("mongodump", "for to in 1 2; do printf '%s\\n' \"$@\" >&$to; done");
            sidecars.start(Map.of(
                    "MGNLBACKUP_CMD",
                    "mongodump",
                    "MGNLBACKUP_ARGS",
                    "--uri=\"mongodb://backup:$MONGO_PASSWORD@db:27017/shop\" --archive", // as older set-ups do
                    "MONGO_PASSWORD",
                    PASSWORD,
                    "PATH",
                    page.programs() + ":" + System.getenv("PATH")));
            for (int form = 0; form < 2; form++) {
                assertThat(sidecars.get(form).log())
                        .contains("mongodb://backup:****@db")
                        .doesNotContain(PASSWORD);
            }
        } finally {
            sidecars.close();
        }
    }

    @Test
    @RunsPage({"docs/security.md", "docs/migration.md"})
    void commandsAlone() {
        new StoreFolder(folder.resolve("store")).add(Instant.parse("2026-11-23T03:30:00Z"), Map.of());
        for (String name : new String[] {"docs/security.md", "docs/migration.md"}) {
            try (PageRun page = new PageRun(name, folder.resolve(Path.of(name).getFileName()))) {
                page.environment(Map.of(
                        "MGNLBACKUP_FILE_DIR", folder.resolve("store").toString(),
                        "MGNLBACKUP_CMD", "pg_dump",
                        "MGNLBACKUP_HERITAGE", "tests"));
                page.rest();
            }
        }
    }

    private static String name(SidecarProcess sidecar) {
        return sidecar.list().get(0).get("name").asText();
    }
}
