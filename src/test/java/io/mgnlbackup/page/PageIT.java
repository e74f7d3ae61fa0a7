package io.mgnlbackup.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.Browser;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.StoreFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a person meets it, in a real browser. */
class PageIT {

    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String NAMES = "tbody th";

    @TempDir
    private static Path folder;

    private static SidecarProcess sidecar;

    @BeforeAll
    static void start() throws IOException {
        StoreFolder store = new StoreFolder(folder.resolve("store"));
        Instant now = Instant.now();
        store.add(now, Map.of("tier", "now"));
        for (int i = 1; i <= 70; i++) {
            store.add(now.minus(Duration.ofDays(i)), Map.of("tier", i % 2 == 0 ? "even" : "odd"));
        }
        store.add(now.minus(Duration.ofDays(71)), Map.of("tier", SCRIPT));
        Files.writeString(folder.resolve("dump.sh"), "echo row");
        Map<String, String> settings =
                new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), ". " + folder + "/dump.sh"));
        settings.put("CYCLE", "0,0,0");
        try (SidecarProcess verify = SidecarProcess.launch(folder, settings, "verify", "{tier=\"now\"}")) {
            assertThat(verify.awaitEnd()).as("what this store holds is no gzip").isEqualTo(1);
        }
        sidecar = SidecarProcess.start(folder, settings);
    }

    @AfterAll
    static void stop() {
        sidecar.close();
    }

    private static void dump(String script) throws IOException {
        Files.writeString(folder.resolve("dump.sh"), script);
    }

    /** A click may lead to another page while somebody still reads the old one. */
    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    @Test
    void aPersonFindsSortsAndTurnsPages() {
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/"));
            eventually(() -> assertThat(browser.url().getPath()).isEqualTo("/list"));
            eventually(
                    () -> assertThat(browser.texts(NAMES)).hasSize(50).isSortedAccordingTo((a, b) -> b.compareTo(a)));
            browser.click(".pages a[rel=next]");
            eventually(() -> assertThat(browser.texts(NAMES)).hasSizeGreaterThan(20));
            eventually(() ->
                    assertThat(browser.text(".pages")).contains("Previous page").doesNotContain("Next page"));

            browser.type("#query", "{tier=\"even\"}\n");
            eventually(() -> assertThat(browser.texts(NAMES)).hasSize(35));
            eventually(() -> assertThat(browser.attribute("#query", "value")).isEqualTo("{tier=\"even\"}"));
            browser.click("thead th:nth-child(1) a");
            eventually(() -> assertThat(browser.attribute("thead th:nth-child(1)", "aria-sort"))
                    .isEqualTo("descending"));
            browser.click("thead th:nth-child(1) a");
            eventually(() -> assertThat(browser.attribute("thead th:nth-child(1)", "aria-sort"))
                    .isEqualTo("ascending"));
            eventually(() -> assertThat(browser.texts(NAMES)).hasSize(35).isSorted());
            browser.click(".search a");
            browser.click("tbody tr:nth-child(3) .chip:not(.daily):not(.weekly):not(.monthly)");
            eventually(() -> assertThat(browser.attribute("#query", "value")).startsWith("{tier=\""));
        }
    }

    @Test
    void whatIsDamagedIsMarkedAndTheReasonTold() {
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/list"));
            eventually(
                    () -> assertThat(browser.texts("tbody .verified.damaged")).containsExactly("damaged"));
            assertThat(browser.text("tbody .verified.damaged + .quiet")).contains("it does not begin as gzip does");
            assertThat(browser.texts("tbody .verified.never")).isNotEmpty().containsOnly("not yet");
            assertThat(browser.text(".notice[role=alert]")).startsWith("1 object is damaged: test-");
        }
    }

    @Test
    void aBadQueryIsExplainedUnderItsField() {
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/list"));
            browser.type("#query", "{daily=true}\n");
            eventually(() ->
                    assertThat(browser.text("#query-error")).contains("a value in quotes is expected at character 8"));
            eventually(() -> assertThat(browser.attribute("#query", "value")).isEqualTo("{daily=true}"));
            eventually(() ->
                    assertThat(browser.attribute("#query", "aria-describedby")).isEqualTo("query-error"));
        }
    }

    @Test
    void aPersonStartsABackupAndWatchesItFinish() throws IOException {
        Path go = folder.resolve("go");
        dump("head -c 3000000 /dev/urandom; while [ ! -e " + go + " ]; do sleep 0.1; done; echo end");
        int before = sidecar.list().size();
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/list"));
            browser.click("#dump button");
            eventually(() -> assertThat(browser.text("#state strong")).isEqualTo("Running: 2.9 MiB"));
            eventually(() -> assertThat(browser.text("#state .quiet")).contains("/s"));
            Files.createFile(go);
            eventually(() -> assertThat(browser.text("#state strong")).isEqualTo("Succeeded"));
            eventually(() -> assertThat(browser.text(".facts strong")).isEqualTo((before + 1) + " backups"));
            URI link = URI.create(browser.attribute("tbody tr:first-child td:last-child a", "href"));
            HttpResponse<String> downloaded = sidecar.get(link.getRawPath() + "?" + link.getRawQuery());
            assertThat(downloaded.statusCode()).isEqualTo(200);
            assertThat(downloaded.headers().firstValue("Content-Disposition").orElse(""))
                    .contains("attachment");

            dump("echo 'the database is gone' >&2; exit 3");
            browser.open(sidecar.uri("/list"));
            browser.click("#dump button");
            eventually(() -> assertThat(browser.text("#state strong")).isEqualTo("Failed"));
            eventually(() -> assertThat(browser.text("#state")).contains("exit code 3", "the database is gone"));
        } finally {
            dump("echo row");
        }
    }

    @Test
    void everythingWorksWithoutJavaScript() throws IOException {
        dump("echo row");
        int before = sidecar.list().size();
        try (Browser browser = Browser.withoutJavaScript()) {
            browser.open(sidecar.uri("/list"));
            eventually(() -> assertThat(browser.texts(NAMES)).hasSize(50));
            browser.type("#query", "{tier=\"odd\"}");
            browser.click(".search button");
            eventually(() -> assertThat(browser.texts(NAMES)).hasSize(35));
            browser.open(sidecar.uri("/list"));
            browser.click("#dump button");
            eventually(() ->
                    assertThat(browser.url().getPath()).as("back on the page").isEqualTo("/list"));
            sidecar.await("it is taken", () -> sidecar.list().size() == before + 1);
        }
    }

    @Test
    void aPhoneShowsEverythingWithoutScrollingSideways() {
        try (Browser browser = Browser.phone()) {
            browser.open(sidecar.uri("/list?query=%7Bbad"));
            String width = "arguments[arguments.length - 1]([innerWidth, document.documentElement.scrollWidth])";
            assertThat(browser.run(width).toString()).isEqualTo("[375,375]");
            browser.open(sidecar.uri("/list"));
            assertThat(browser.run(width).toString()).isEqualTo("[375,375]");
        }
    }

    @Test
    void aFailureIsToldToPeopleOnAPage() {
        try (Browser browser = Browser.withoutJavaScript()) {
            browser.open(sidecar.uri("/list?limit=%3Cscript%3E"));
            assertThat(browser.text("[role=alert]")).contains("parameter 'limit'", "<script>");
            browser.click("main a");
            eventually(() -> assertThat(browser.texts(NAMES)).hasSize(50));
        }
    }

    @Test
    void aTagIsTextWhateverIsInIt() {
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/list?dir=asc&limit=1"));
            eventually(() -> assertThat(browser.text("tbody")).contains("tier=" + SCRIPT));
            eventually(() -> assertThat(browser.texts("tbody script")).isEmpty());
            browser.click("tbody .chip:not(.daily):not(.weekly):not(.monthly)");
            eventually(() -> assertThat(browser.attribute("#query", "value")).isEqualTo("{tier=\"" + SCRIPT + "\"}"));
            eventually(() -> assertThat(browser.texts(NAMES)).hasSize(1));
        }
    }

    private static Browser browser(String look) {
        return switch (look) {
            case "dark" -> Browser.dark();
            case "phone" -> Browser.phone();
            default -> Browser.start();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark", "phone"})
    void accessibilityHasNoSeriousProblem(String look) throws IOException {
        try (Browser browser = browser(look);
                InputStream axe =
                        getClass().getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            String script = new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8);
            for (String path : List.of("/list", "/list?query=%7Bbad", "/list?query=%7Btier%3D%22none%22%7D")) {
                browser.open(sidecar.uri(path));
                JsonNode result = browser.run(script
                        + "; axe.run(document).then(found => arguments[arguments.length - 1](found.violations))");
                for (JsonNode violation : result) {
                    assertThat(violation.path("impact").asText())
                            .as(look + " " + path + ": " + violation)
                            .isNotIn("serious", "critical");
                }
            }
        }
    }

    @Test
    void pagesOfOtherSitesCannotStartABackup() {
        int before = sidecar.list().size();
        for (Map<String, String> headers : List.of(
                Map.of("Sec-Fetch-Site", "cross-site"),
                Map.of("Sec-Fetch-Site", "same-site"),
                Map.of("Origin", "https://evil.example"),
                Map.of("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"),
                Map.of("Origin", "null"))) {
            for (String path :
                    List.of("/dump?sync=true", "//dump?sync=true", "/x/../dump?sync=true", "/%64ump?sync=true")) {
                assertThat(sidecar.send("POST", path, headers, "").statusCode())
                        .as(headers + path)
                        .isIn(403, 404);
            }
        }
        assertThat(sidecar.send("GET", "/dump", Map.of("Sec-Fetch-Site", "cross-site"), "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(sidecar.send("GET", "/dump", Map.of("User-Agent", "Mozilla/5.0"), "")
                        .statusCode())
                .as("an image in a page of another site, over plain HTTP")
                .isEqualTo(403);
        assertThat(sidecar.send("DELETE", "/cache", Map.of("Sec-Fetch-Site", "cross-site"), "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(sidecar.list()).hasSize(before);
        assertThat(sidecar.send("DELETE", "/cache", Map.of("Origin", "http://127.0.0.1:" + sidecar.port()), "")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void nothingOfTheProgramIsServedButThePage() {
        assertThat(sidecar.get("/assets/page.js").statusCode()).isEqualTo(200);
        for (String path :
                List.of("/assets/", "/assets/list.html", "/assets/../application.properties", "/page/list.html")) {
            assertThat(sidecar.get(path).statusCode()).as(path).isIn(400, 403, 404);
        }
        HttpResponse<String> page = sidecar.send("GET", "/list", Map.of("Accept", "text/html"), "");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("style=", "onclick", "<script>");
    }
}
