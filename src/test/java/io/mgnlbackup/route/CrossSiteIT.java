package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.sun.net.httpserver.HttpServer;
import io.mgnlbackup.testing.Browser;
import io.mgnlbackup.testing.LogLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A page of another site, in a real browser that somebody has logged in to the sidecar with: the browser sends the password by itself, and
 * still nothing is started, forgotten or read.
 */
class CrossSiteIT {

    /** Everything that a page can make a browser ask for without being asked. */
    private static final String EVIL = """
            <!DOCTYPE html><title>evil</title>
            <img src="SIDECAR/dump"><img src="SIDECAR/bundle/now?mode=restore&upload">
            <script src="SIDECAR/dump?sync=false"></script><script src="SIDECAR/list"></script>
            <link rel="stylesheet" href="SIDECAR/dump">
            <iframe name="inside" src="SIDECAR/list"></iframe><iframe src="SIDECAR/dump"></iframe>
            <form id="post" method="post" action="SIDECAR/dump" target="inside"><input name="sync" value="false"></form>
            <form id="get" method="get" action="SIDECAR/dump" target="inside"></form>
            <form id="plain" method="post" enctype="text/plain" action="SIDECAR/dump" target="inside"></form>
            <p id="done"></p>
            <script>
            document.forms.post.submit(); document.forms.get.submit(); document.forms.plain.submit();
            const ask = (path, options) => fetch('SIDECAR' + path, { credentials: 'include', ...options })
              .then((answer) => answer.text().then((text) => answer.type + text.length), () => 'failed');
            Promise.all([
              ask('/dump', { method: 'POST', mode: 'no-cors' }),
              ask('/dump', { method: 'POST' }),
              ask('/dump', { mode: 'no-cors' }),
              ask('/cache', { method: 'DELETE' }),
              ask('/list', { headers: { accept: 'application/json' } }),
              ask('/bundle/now?mode=restore&upload', { mode: 'no-cors' }),
            ]).then((answers) => setTimeout(() => { document.getElementById('done').textContent = answers.join(' '); }, 1000));
            </script>
            """;

    @TempDir
    private Path folder;

    private static HttpServer evil(GuardedSidecar sidecar) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String page = EVIL.replace("SIDECAR", "http://127.0.0.1:" + sidecar.port());
        server.createContext("/", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void startsForgetsAndReadsNothing() throws Exception {
        String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, "hunter2".toCharArray());
        try (LogLines audit = LogLines.of("io.mgnlbackup.Audit");
                GuardedSidecar sidecar = GuardedSidecar.start(
                        folder, Map.of("MGNLBACKUP_ADDRESS", "127.0.0.1:0", "MGNLBACKUP_USERS", "anna:admin:" + hash));
                Browser browser = Browser.start()) {
            HttpServer evil = evil(sidecar);
            try {
                browser.open(URI.create("http://anna:hunter2@127.0.0.1:" + sidecar.port() + "/list"));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(
                                () -> assertThat(browser.text(".facts strong")).isEqualTo("1 backup"));
                browser.open(URI.create("http://localhost:" + evil.getAddress().getPort() + "/"));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> !browser.text("#done").isEmpty());
                assertThat(browser.text("#done")).doesNotContain("cors", "basic");
                // A link that somebody clicks is no better than what a page does by itself.
                browser.open(URI.create("http://localhost:" + evil.getAddress().getPort() + "/"));
                browser.run("location.href = 'http://127.0.0.1:" + sidecar.port()
                        + "/dump'; arguments[arguments.length - 1]('')");
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(browser.text("body")).contains("a page of another site"));
            } finally {
                evil.stop(0);
            }
            assertThat(String.join("\n", audit.all()))
                    .doesNotContain("starts the backup", "stores the bundle", "makes the sidecar forget");
            // The very same browser may do it from the page of the sidecar itself.
            browser.open(URI.create("http://127.0.0.1:" + sidecar.port() + "/list"));
            browser.click("#dump button");
            Awaitility.await("it was the site, not the user")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> audit.all().toString().contains("starts the backup"));
        }
    }
}
