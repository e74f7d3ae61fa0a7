package io.mgnlbackup.page;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mgnlbackup.testing.Browser;
import io.mgnlbackup.testing.SidecarProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, of people who have passwords. */
class PageWithUsersIT {

    private static final String PASSWORD = "hunter2";

    @TempDir
    private Path folder;

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    private static URI as(String user, SidecarProcess sidecar) {
        return URI.create("http://" + user + ":" + PASSWORD + "@127.0.0.1:" + sidecar.port() + "/list");
    }

    @Test
    void aWriterBacksUpAndWatchesAndAReaderLooks() throws Exception {
        String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(10, PASSWORD.toCharArray());
        Path go = folder.resolve("go");
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(
                folder.resolve("store"),
                "head -c 3000000 /dev/urandom; while [ ! -e " + go + " ]; do sleep 0.1; done; rm " + go));
        settings.put("USERS", "anna:write:" + hash + ";ben:read:" + hash);
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            Files.createFile(go); // for the one that is taken at the start
            sidecar.await("caught up", () -> sidecar.log().contains(" done: ") && Files.notExists(go));
            try (Browser browser = Browser.start()) {
                browser.open(as("anna", sidecar));
                eventually(() -> assertThat(browser.text(".facts strong")).isEqualTo("1 backup"));
                browser.click("#dump button");
                eventually(() -> assertThat(browser.text("#state strong")).isEqualTo("Running: 2.9 MiB"));
                Files.createFile(go);
                eventually(() -> assertThat(browser.text("#state strong")).isEqualTo("Succeeded"));
                eventually(() -> assertThat(browser.text(".facts strong")).isEqualTo("2 backups"));
            }
            try (Browser browser = Browser.start()) {
                browser.open(as("ben", sidecar));
                eventually(() -> assertThat(browser.text(".facts strong")).isEqualTo("2 backups"));
                assertThat(browser.text("header")).contains("without the role 'write'");
                assertThat(browser.texts("#dump")).isEmpty();
            }
        }
    }
}
