package io.mgnlbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.docs.MarkdownPage.Block;
import io.mgnlbackup.testing.ArchivingServer;
import io.mgnlbackup.testing.Folder;
import io.mgnlbackup.testing.FreePort;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * What the pages about WAL mode tell of: 1500 orders, a DELETE, and the wish to go back to before it. The account and the sidecar are those
 * of docs/wal.md. One for all pages of a JVM.
 */
final class ArchivedShop {

    private static final String PASSWORD = "Docs-only.2";
    private static @Nullable ArchivedShop shared;

    private final ArchivingServer archiving = new ArchivingServer();
    private final List<Path> restored = new ArrayList<>();
    private final Path folder;
    private final SidecarProcess sidecar;
    private final Instant wanted;

    private ArchivedShop() throws IOException {
        folder = Files.createTempDirectory("mgnlbackup-docs-");
        PostgresServer server = archiving.postgres();
        MarkdownPage page = MarkdownPage.read(Path.of("docs/wal.md"));
        page.blocks().stream()
                .filter(block -> block.language().equals("sql"))
                .forEach(block -> server.psql(
                        "postgres",
                        block.text().replace("ROLE backup", "ROLE docs_backup").replace("…", PASSWORD)));
        sidecar = SidecarProcess.start(folder, settings(page));
        sidecar.await("the first base backup", () -> !baseBackups().isEmpty());
        wanted = writeAndDelete(server);
    }

    private Map<String, String> settings(MarkdownPage page) {
        Block block =
                page.blocks().stream().filter(Block::isSettings).findFirst().orElseThrow();
        Map<String, String> settings = new HashMap<>();
        Map<String, String> shown = Assignments.ofShell(block.text());
        shown.put("PGHOST", "127.0.0.1");
        shown.put("PGPORT", Integer.toString(archiving.postgres().port()));
        shown.put("PGUSER", "docs_backup");
        shown.put("PGPASSWORD", PASSWORD);
        shown.put("PATH", programs() + ":" + System.getenv("PATH"));
        shown.put("MGNLBACKUP_SYNC_DIR", archiving.sync().toString());
        shown.put("MGNLBACKUP_FILE_DIR", store().toString());
        shown.forEach((name, value) -> settings.put(
                name.startsWith("MGNLBACKUP_") ? name.substring("MGNLBACKUP_".length()) : "=" + name, value));
        return settings;
    }

    /** Writes the orders and deletes them; the answer is a moment in between. */
    private Instant writeAndDelete(PostgresServer server) throws IOException {
        server.createDatabase("shop");
        server.psql("shop", "CREATE TABLE orders AS SELECT generate_series(1, 1500) AS id");
        Instant moment = Instant.parse(server.psql(
                        "shop",
                        "SELECT pg_sleep(0.01); SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                .strip());
        server.psql("shop", "SELECT pg_sleep(0.01); DELETE FROM orders");
        archiving.switchSegment();
        sidecar.await("everything is archived", archiving::drained);
        return moment;
    }

    private Path programs() {
        return archiving.postgres().programs();
    }

    private Path store() {
        return folder.resolve("store");
    }

    private List<String> baseBackups() {
        return sidecar.list().stream()
                .map(entry -> entry.path("name").asText())
                .filter(name -> name.endsWith("-basebackup.tar.gz"))
                .toList();
    }

    static synchronized ArchivedShop get() {
        if (shared == null) {
            try {
                shared = new ArchivedShop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    static synchronized void close() {
        if (shared != null) {
            shared.sidecar.close();
            shared.archiving.close();
            Folder.delete(shared.folder);
            shared.restored.forEach(Folder::delete);
            shared = null;
        }
    }

    /** Declares what is another here than in the pages. */
    void standIn(PageRun page, Path scratch) {
        PostgresServer server = archiving.postgres();
        Path target = PostgresServer.emptyFolder();
        restored.add(target);
        String stamp = baseBackups().get(0).replace("-basebackup.tar.gz", "");
        Instant now = Instant.now();
        String port = Integer.toString(FreePort.find());
        page.path(programs())
                .environment(server.environment())
                // Postgres does not run as root, and what it logs goes into a folder of its own.
                .program("pg_ctl", asPostgres(programs().resolve("pg_ctl") + " \"$@\""))
                .standIn("http://localhost:9999", sidecar.uri("").toString())
                .standIn("2026-11-23T20:57:30Z", wanted.toString())
                .standIn(
                        "2026-11-23 20:57:30+00",
                        wanted.toString().replace('T', ' ').replace("Z", "+00"))
                .standIn("2026-11-22T00:00:00Z", now.minus(Duration.ofDays(1)).toString())
                .standIn("2027-01-01T00:00:00Z", now.plus(Duration.ofDays(30)).toString())
                .standIn("shop-2026-11-23-205635", stamp)
                .standIn("/backups", store().toString())
                .standIn("/restored", target.toString())
                .standIn("-l restored.log", "-l " + target + "/restored.log")
                .standIn("-p 6120", "-p " + port);
    }

    private static String asPostgres(String command) {
        return "[ \"$(id -u)\" = 0 ] || exec " + command + "\n"
                + "cd / && exec setpriv --reuid=postgres --regid=\"$(id -g postgres)\" --init-groups -- " + command;
    }

    /** The folder that the commands of the page restored into last. */
    Path restored() {
        return restored.get(restored.size() - 1);
    }

    /** Each line that the page quotes is one that the sidecar, or the restored server, logged here. */
    void checkLog(Block block) {
        List<String> logged = new ArrayList<>(sidecar.log().lines().toList());
        restored.stream()
                .map(target -> target.resolve("restored.log"))
                .filter(Files::exists)
                .forEach(log -> logged.addAll(read(log).lines().toList()));
        for (String line : block.text().lines().toList()) {
            assertThat(logged)
                    .as("%s: '%s' is not in the log", block, line)
                    .anyMatch(said -> PrintedText.of(said).contains(PrintedText.of(line)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL starts on what the page restored, and the orders are back. */
    void checkRestored(Path data) {
        Path target = PostgresServer.emptyFolder();
        restored.add(target);
        Path own = target.resolve("data");
        Tool.of("cp", "-a", data.toString(), own.toString()).run();
        Tool.of("chown", "-R", "--reference=" + target, own.toString()).run();
        try (PostgresServer server = PostgresServer.onRestored(own, Map.of("archive_mode", "off"))) {
            Awaitility.await("recovery has ended")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> server.psql("postgres", "SELECT pg_is_in_recovery()")
                            .equals("f"));
            assertThat(server.psql("shop", "SELECT count(*) FROM orders")).isEqualTo("1500");
        }
    }
}
