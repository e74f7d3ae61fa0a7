package io.mgnlbackup.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.ArchivedCluster;
import io.mgnlbackup.testing.Browser;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.StoreFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the page about restores to an instant, as a person meets it, in a real browser. */
class RestorePageIT {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String MISSING = ArchivedCluster.name(21);
    private static final String NAMES = "tbody th";

    @TempDir
    private static Path folder;

    private static Instant begin;
    private static Path store;
    private static SidecarProcess sidecar;

    /** Segments of an hour each; two are missing until a second base backup is taken ten hours later. */
    @BeforeAll
    static void start() throws IOException {
        begin = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(3));
        store = folder.resolve("store");
        Duration hour = Duration.ofHours(1);
        new ArchivedCluster()
                .base(hours(0).plus(Duration.ofMinutes(30)), 1)
                .segments(1, 20, begin, hour)
                .segments(23, 71, hours(22), hour)
                .base(hours(30).plus(Duration.ofMinutes(30)), 31)
                .writeTo(store);
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Files.writeString(archive.resolve(ArchivedCluster.name(72)), "cut off");
        Map<String, String> settings =
                new HashMap<>(SidecarProcess.settings(Map.of("FILE_DIR", store.toString()), "exit 1"));
        settings.put("USE_PG_WAL", "true");
        settings.put("SYNC_DIR", archive.toString());
        settings.put("=TZ", ZONE.getId());
        sidecar = SidecarProcess.start(folder, settings);
    }

    @AfterAll
    static void stop() {
        sidecar.close();
    }

    private static Instant hours(int hours) {
        return begin.plus(Duration.ofHours(hours));
    }

    private static String local(Instant time) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").format(time.atZone(ZONE));
    }

    private static URI asking(String instant) {
        return sidecar.uri("/list?instant=" + URLEncoder.encode(instant, StandardCharsets.UTF_8));
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    private static int count(Browser browser, String selector) {
        return browser.run("arguments[arguments.length - 1](document.querySelectorAll('" + selector + "').length)")
                .asInt();
    }

    @Test
    void thePictureShowsBaseBackupsWhatTheyReachAndTheGap() {
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/list"));
            assertThat(count(browser, ".reach .base")).isEqualTo(2);
            assertThat(count(browser, ".reach .bar")).isEqualTo(2);
            assertThat(count(browser, ".reach .hole")).isEqualTo(1);
            assertThat(browser.texts(".reach .gap text")).containsExactly("gap");
            assertThat(browser.attribute(".reach", "role")).isEqualTo("img");
            assertThat(browser.attribute(".reach", "aria-label"))
                    .startsWith("2 base backups; can be restored to: ")
                    .endsWith("2 segments missing");
            assertThat(browser.text(".reachable"))
                    .contains(local(hours(20).minusSeconds(1)).replace('T', ' '), "Times of Europe/Berlin");
        }
    }

    @Test
    void theCardSaysWhatWaitsAndWhatIsMissing() {
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/list"));
            assertThat(browser.attribute("#wal", "class")).isEqualTo("failed");
            assertThat(browser.text("#wal"))
                    .contains(
                            "2 segments missing",
                            MISSING + " to " + ArchivedCluster.name(22) + ": later base backups do without",
                            "1 file waits, 7 B",
                            "last archived: " + ArchivedCluster.name(71));
        }
    }

    @Test
    void theTableShowsBackupsUnlessAQueryAsksForMore() {
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/list"));
            assertThat(browser.texts(NAMES)).hasSize(2).allMatch(name -> name.endsWith("-basebackup.tar.gz"));
            assertThat(browser.text(".facts strong")).isEqualTo("2 backups");
            browser.type("#query", "{wal_file=\"" + ArchivedCluster.name(23) + "\"}\n");
            eventually(() ->
                    assertThat(browser.texts(NAMES)).singleElement().asString().contains("-txlog.tar.gz"));
        }
    }

    @Test
    void aPersonPicksAnInstantAndGetsThere() throws IOException, InterruptedException {
        List<String> before = new StoreFolder(store).names();
        Instant target = hours(10).plusSeconds(90);
        try (Browser browser = Browser.start()) {
            browser.open(sidecar.uri("/list"));
            assertThat(browser.text("label[for=instant]")).isEqualTo("Instant (Europe/Berlin)");
            browser.run("document.querySelector('#instant').value = '" + local(target)
                    + "'; arguments[arguments.length - 1](0)");
            browser.click(".instant button");
            eventually(() -> assertThat(browser.text(".answer h3")).contains("(" + target + ")"));
            assertThat(browser.attribute("#instant", "value")).isEqualTo(local(target));
            assertThat(browser.text(".answer")).contains("-basebackup.tar.gz", "11 segments of WAL");
            assertThat(count(browser, ".reach .picked")).isEqualTo(1);
            String commands = browser.text(".answer pre");
            assertThat(commands)
                    .isEqualTo("curl -s '"
                            + sidecar.uri("/bundle/" + target + "?mode=restore&upload")
                            + "'\nmgnlbackup boot --datasource LINK --pgdata DIR");
            assertThat(browser.attribute(".answer .download", "href")).isEqualTo("/bundle/" + target + "?download");
            assertThat(tar("/bundle/" + target + "?download"))
                    .contains("mgnlbackup_wal/" + ArchivedCluster.name(11))
                    .doesNotContain("mgnlbackup_wal/" + ArchivedCluster.name(12))
                    .endsWith("global/pg_control");
            assertThat(new StoreFolder(store).names())
                    .as("nothing is stored by looking")
                    .isEqualTo(before);
        }
        String link = SidecarProcess.json(sidecar.get("/bundle/" + target + "?mode=restore&upload"))
                .path("link")
                .asText();
        assertThat(link).contains("-restore.json");
    }

    private static List<String> tar(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(sidecar.uri(path)).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(response.body())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void anInstantInTheGapIsExplained() {
        try (Browser browser = Browser.start()) {
            browser.open(asking(local(hours(25))));
            assertThat(browser.text(".refused .reason"))
                    .isEqualTo("cannot reach " + hours(25) + ": WAL segment " + MISSING + " is missing");
            assertThat(browser.text(".refused")).contains("reachable: ");
            assertThat(browser.texts(".answer pre")).isEmpty();
            browser.open(asking(hours(-48).toString()));
            assertThat(browser.text(".refused .reason")).endsWith("no base backup had ended by then");
        }
    }

    @Test
    void whatIsNoInstantIsExplainedUnderItsField() {
        try (Browser browser = Browser.start()) {
            browser.open(asking("<script>"));
            assertThat(browser.text("#instant-error")).contains("'<script>' is no instant — accepted: ");
            assertThat(browser.attribute("#instant", "aria-describedby")).isEqualTo("instant-error");
        }
        assertThat(sidecar.send("GET", "/list?instant=tomorrow", Map.of("Accept", "text/html"), "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void everythingWorksWithoutJavaScript() {
        try (Browser browser = Browser.withoutJavaScript()) {
            browser.open(sidecar.uri("/list"));
            browser.click(".instant button");
            eventually(() -> assertThat(browser.text(".answer pre")).startsWith("curl -s 'http"));
            assertThat(browser.text(".answer")).contains("41 segments of WAL");
            browser.click(".instant a");
            eventually(() -> assertThat(browser.text(".answer h3")).isEqualTo("the newest state"));
            assertThat(browser.attribute(".answer .download", "href")).isEqualTo("/bundle/now?download");
        }
    }

    @Test
    void aPhoneShowsEverythingWithoutScrollingSideways() {
        try (Browser browser = Browser.phone()) {
            for (URI page : pages()) {
                browser.open(page);
                assertThat(browser.run(
                                        "arguments[arguments.length - 1]([innerWidth, document.documentElement.scrollWidth])")
                                .toString())
                        .as(page.toString())
                        .isEqualTo("[375,375]");
            }
        }
    }

    private static List<URI> pages() {
        return List.of(sidecar.uri("/list"), asking("now"), asking(local(hours(25))), asking("tomorrow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark", "phone"})
    void accessibilityHasNoSeriousProblem(String look) throws IOException {
        try (Browser browser = browser(look);
                InputStream axe =
                        getClass().getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            String script = new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8);
            for (URI page : pages()) {
                browser.open(page);
                JsonNode result = browser.run(script
                        + "; axe.run(document).then(found => arguments[arguments.length - 1](found.violations))");
                for (JsonNode violation : result) {
                    assertThat(violation.path("impact").asText())
                            .as(look + " " + page + ": " + violation)
                            .isNotIn("serious", "critical");
                }
            }
        }
    }

    private static Browser browser(String look) {
        return switch (look) {
            case "dark" -> Browser.dark();
            case "phone" -> Browser.phone();
            default -> Browser.start();
        };
    }
}
