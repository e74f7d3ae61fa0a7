package io.mgnlbackup.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link DocsIT}: the README, whose second half is about WAL mode, and the pages about that. */
class WalDocsIT {

    private static final String PASSWORD = "Docs-only.3";

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        ArchivedShop.close();
    }

    @Test
    @RunsPage("README.md")
    void readme() {
        PageSidecars sidecars = new PageSidecars(folder);
        PostgresServer server = PostgresServer.start();
        server.createDatabase("shop");
        server.loadShop("shop");
        server.psql("postgres", "CREATE ROLE shop LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
        try (server;
                S3Server store = new S3Server();
                PageRun page = new PageRun("README.md", folder)) {
            page.path(server.programs())
                    .environment(server.environment())
                    .standIn("-h db -U shop", "-h 127.0.0.1 -p " + server.port() + " -U shop")
                    .standIn("s3.eu-central-1.amazonaws.com", store.endpoint().toString())
                    .on("yaml", block -> {
                        Map<String, String> settings = new HashMap<>(Assignments.ofYaml(page.here(block.text())));
                        settings.putAll(PageSidecars.storeKeys());
                        settings.put("PGPASSWORD", PASSWORD);
                        page.standIn(
                                "http://localhost:9999",
                                sidecars.start(settings).uri("").toString());
                    });
            page.through("createdb shop_restored");
            assertThat(server.fingerprint("shop_restored")).isEqualTo(server.fingerprint("shop"));
            ArchivedShop.get().standIn(page, folder);
            page.rest();
        } finally {
            sidecars.close();
        }
    }

    @Test
    @RunsPage("docs/wal.md")
    void wal() throws IOException {
        ArchivedShop shop = ArchivedShop.get();
        try (PageRun page = new PageRun("docs/wal.md", folder)) {
            shop.standIn(page, folder);
            page.standIn("--no-password", "--no-password >base.tar").on("log", shop::checkLog);
            page.rest();
            assertThat(page.folder().resolve("base.tar")).isNotEmptyFile();
        }
    }

    @Test
    @RunsPage("docs/restore.md")
    void restore() throws IOException {
        ArchivedShop shop = ArchivedShop.get();
        try (PageRun page = new PageRun("docs/restore.md", folder)) {
            shop.standIn(page, folder);
            page.on("log", shop::checkLog);
            try {
                page.through("pg_is_in_recovery");
            } finally {
                page.run("pg_ctl -D '" + shop.restored() + "' -m immediate -w stop");
            }
            page.through("?download");
            assertThat(page.folder().resolve("restored/global/pg_control")).exists();
            page.run("cd '" + page.folder() + "' && mv restored downloaded");
            page.rest();
            shop.checkRestored(page.folder().resolve("restored"));
        }
    }
}
