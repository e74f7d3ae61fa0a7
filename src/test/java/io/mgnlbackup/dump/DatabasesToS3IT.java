package io.mgnlbackup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.MariaDbServer;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real databases, dumped by their own programs through the sidecar into an S3 store that checks signatures, in several parts; fetched by
 * their links with curl, restored with gunzip and the database's own program, and compared.
 */
class DatabasesToS3IT {

    /** Makes at least four parts of 5 MiB, compressed. */
    private static final int MEGABYTES = 90;

    private static final Pattern PART = Pattern.compile("PUT /[^?]+\\?.*partNumber=([0-9]+)");

    private static S3Server store;
    private static PostgresServer source;
    private static int buckets;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        store = new S3Server();
        source = PostgresServer.start();
        source.createDatabase("shop");
        source.loadShop("shop");
        source.loadEvents("shop", MEGABYTES);
    }

    @AfterAll
    static void stop() {
        source.close();
        store.close();
    }

    @Test
    void pgDumpall() {
        String link = backUp(source.program("pg_dumpall"), "--clean --if-exists", source.environment());
        try (PostgresServer target = PostgresServer.start()) {
            pipe(
                    "curl -sSf '" + link + "' | gunzip | '" + target.program("psql") + "' -Xq -d postgres",
                    target.environment());
            assertThat(target.fingerprint("shop")).isEqualTo(source.fingerprint("shop"));
        }
    }

    @Test
    void pgDumpInCustomFormat() {
        String link = backUp(source.program("pg_dump"), "-Fc -d shop", source.environment());
        source.createDatabase("restored");
        pipe(
                "curl -sSf '" + link + "' | gunzip | '" + source.program("pg_restore")
                        + "' --exit-on-error -d restored",
                source.environment());
        assertThat(source.fingerprint("restored")).isEqualTo(source.fingerprint("shop"));
        source.dropDatabase("restored");
    }

    @Test
    void mysqldump() {
        MariaDbServer mariaDb = MariaDbServer.shared();
        mariaDb.createDatabase("shop");
        mariaDb.loadEvents("shop", MEGABYTES);
        mariaDb.createDatabase("restored");
        String connection = String.join(" ", mariaDb.connection());
        String link = backUp(
                MariaDbServer.program("mysqldump"),
                connection + " --single-transaction --default-character-set=utf8mb4 shop",
                mariaDb.environment());
        pipe(
                "curl -sSf '" + link + "' | gunzip | '" + MariaDbServer.program("mariadb") + "' " + connection
                        + " --default-character-set=utf8mb4 restored",
                mariaDb.environment());
        assertThat(mariaDb.fingerprint("restored")).isEqualTo(mariaDb.fingerprint("shop"));
    }

    /** Takes a backup with this command; answers the link to it. */
    private String backUp(String command, String arguments, Map<String, String> environment) {
        try (ChaosProxy line = new ChaosProxy(store.endpoint())) {
            Map<String, String> settings = new HashMap<>(S3Server.variables("databases-" + buckets++, line.endpoint()));
            settings.put("S3_PUBLIC_ENDPOINT", store.endpoint().toString());
            settings.put("CMD", command);
            settings.put("ARGS", arguments);
            settings.put("CRON", "0 0 29 2 *");
            environment.forEach((name, value) -> settings.put("=" + name, value));
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
                sidecar.await("the backup at start", () -> sidecar.list().size() == 1);
                HttpResponse<String> health = sidecar.get("/health/ready");
                assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
                JsonNode entry = sidecar.list().get(0);
                assertThat(parts(line)).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
                return entry.get("link").asText();
            }
        }
    }

    private static List<Integer> parts(ChaosProxy line) {
        List<Integer> parts = new ArrayList<>();
        for (String request : line.requests()) {
            Matcher part = PART.matcher(request);
            if (part.find()) {
                parts.add(Integer.parseInt(part.group(1)));
            }
        }
        return parts;
    }

    private static void pipe(String script, Map<String, String> environment) {
        Tool.of("bash", "-c", "set -eo pipefail; " + script)
                .environment(environment)
                .run();
    }
}
