package io.mgnlbackup.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sees, with the local store. */
class HttpIT {

    @TempDir
    private Path folder;

    private Path store() {
        return folder.resolve("store");
    }

    @Test
    void takesABackupAndListsItWithALinkThatWorks() throws IOException, InterruptedException {
        try (SidecarProcess sidecar =
                SidecarProcess.start(folder, SidecarProcess.shellDump(store(), "echo row; echo another"))) {
            sidecar.await("caught up", () -> sidecar.list().size() == 1);
            HttpResponse<String> answer = sidecar.dump();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode done = SidecarProcess.json(answer);
            List<JsonNode> entries = sidecar.list();
            assertThat(entries).hasSize(2);
            JsonNode entry = entries.get(1);
            assertThat(entry.get("name")).isEqualTo(done.get("name"));
            assertThat(entry.get("name").asText()).matches("test-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.sql\\.gz");
            assertThat(entry.get("size")).isEqualTo(done.get("size"));
            assertThat(entry.get("daily").asBoolean()).isTrue();
            assertThat(entry.get("weekly").asBoolean())
                    .as("not the first of its week")
                    .isFalse();
            assertThat(entry.get("tags").get("heritage").asText()).isEqualTo("tests");
            assertThat(entry.get("tags").get("ulid").asText()).hasSize(26);
            HttpResponse<java.io.InputStream> file = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(entry.get("link").asText()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (GZIPInputStream dump = new GZIPInputStream(file.body())) {
                assertThat(dump).hasContent("row\nanother\n");
            }
            assertThat(sidecar.send("GET", "/list?limit=1", Map.of("Accept", "application/json"), "")
                            .body())
                    .contains(entries.get(0).get("name").asText());
            assertThat(sidecar.send(
                                    "POST",
                                    "/list",
                                    Map.of(
                                            "Content-Type",
                                            "application/x-www-form-urlencoded",
                                            "Accept",
                                            "application/json"),
                                    "limit=1")
                            .body())
                    .doesNotContain(entry.get("name").asText());
        }
    }

    @Test
    void aLinkWithAnotherSignatureOrNameIsRefused() {
        try (SidecarProcess sidecar = SidecarProcess.start(folder, SidecarProcess.shellDump(store(), "echo row"))) {
            sidecar.await("caught up", () -> sidecar.list().size() == 1);
            URI link = URI.create(sidecar.list().get(0).get("link").asText());
            String good = link.getRawPath() + "?" + link.getRawQuery();
            assertThat(sidecar.get(good).statusCode()).isEqualTo(200);
            assertThat(sidecar.get(good.replace("signature=", "signature=A")).statusCode())
                    .isEqualTo(403);
            assertThat(sidecar.get(good.replaceFirst("expires=\\d", "expires=9"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(sidecar.get("/files/..%2f..%2fetc%2fpasswd?" + link.getRawQuery())
                            .statusCode())
                    .isIn(400, 403, 404);
            assertThat(sidecar.get(link.getRawPath()).statusCode()).isIn(400, 403);
        }
    }

    @Test
    void aSecondBackupGets429WhileOneRuns() throws IOException {
        Path go = folder.resolve("go");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, SidecarProcess.shellDump(store(), waitFor(go)))) {
            sidecar.await("catch-up runs", () -> sidecar.metric("mgnlbackup_running") == 1);
            HttpResponse<String> second = sidecar.dump();
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(SidecarProcess.json(second).get("error").asText()).contains("running already");
            Files.createFile(go);
            sidecar.await("done", () -> sidecar.metric("mgnlbackup_running") == 0);
            HttpResponse<String> third = sidecar.send("GET", "/dump", Map.of(), "");
            assertThat(third.statusCode()).isEqualTo(202);
            assertThat(SidecarProcess.json(third).get("status").asText()).isEqualTo("started");
            sidecar.await("both are there", () -> sidecar.list().size() == 2);
            assertThat(sidecar.metric("mgnlbackup_errors"))
                    .as("busy is no error")
                    .isZero();
        }
    }

    @Test
    void readOnlyRefusesToDumpAndStillLists() throws IOException {
        Files.createDirectories(store()); // a reader makes nothing, not even the folder
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(store(), "echo row"));
        settings.put("READONLY", "true");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            HttpResponse<String> refused = sidecar.dump();
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(SidecarProcess.json(refused).get("error").asText()).contains("read-only");
            assertThat(sidecar.list()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404",
        "GET, /list/more, 404",
        "GET, /application.properties, 404",
        "GET, /routes/http.camel.yaml, 404",
        "DELETE, /list, 405",
        "PUT, /dump, 405",
        "GET, /cache, 405",
        "POST, /metrics, 405",
        "GET, /list?limit=0, 400",
        "GET, /list?limit=many, 400",
        "GET, /list?limit=1&limit=2, 400",
        "GET, /list?colour=blue, 400",
        "GET, /dump?sync=maybe, 400",
        "GET, /bundle, 404", // there is no base backup
        "GET, /bundle/now, 404",
        "GET, /bundlefoo, 404",
        "POST, /bundle/now, 405",
        "GET, /bundle/yesterday, 400",
        "GET, /bundle/now?mode=all, 400",
        "GET, /bundle/now?upload&colour=blue, 400",
        "GET, /bundle/now?download&colour=blue, 400",
        "GET, /bundle/now?timeline=-1, 400",
        "GET, /bundle/now?query=nonsense, 400",
        "GET, /bundle/now?download, 404",
        "DELETE, /cache, 204",
        "GET, /health/live, 200",
    })
    void answersEveryMistakeWithItsStatusAndAJsonBody(String method, String path, int status) {
        HttpResponse<String> answer = Shared.sidecar().send(method, path, Map.of(), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status >= 400) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(SidecarProcess.json(answer).get("error").asText()).isNotBlank();
        }
        if (status == 405) {
            assertThat(answer.headers().firstValue("Allow")).isPresent();
        }
    }

    @Test
    void acceptsAScrapeThatAsksForPlainText() {
        for (String accept : List.of(
                "text/plain", "*/*", "application/openmetrics-text; version=1.0.0", "text/plain;version=0.0.4")) {
            assertThat(Shared.sidecar()
                            .send("GET", "/metrics", Map.of("Accept", accept), "")
                            .statusCode())
                    .as(accept)
                    .isEqualTo(200);
        }
    }

    /** What would steer a component if it became a header: in the spellings that a careless filter lets through. */
    @ParameterizedTest
    @CsvSource({
        "GET, /list",
        "POST, /list",
        "POST, /dump?sync=true",
        "DELETE, /cache",
        "GET, /metrics",
        "GET, /health/live",
        "GET, /health/ready",
        "GET, /files/x",
        "GET, /nothing",
    })
    void nothingThatAClientSendsSteersACommandAKeyOrAFile(String method, String path) throws IOException {
        Path trace = Shared.folder().resolve("pwned-" + System.nanoTime());
        Map<String, String> headers = new HashMap<>();
        StringBuilder form = new StringBuilder();
        StringBuilder query = new StringBuilder(path.contains("?") ? "&" : "?");
        for (String name : List.of(
                "CamelExecCommandExecutable",
                "camelExecCommandExecutable",
                "CAMELEXECCOMMANDEXECUTABLE",
                "CamelExecCommandArgs",
                "CamelExecCommandWorkingDir",
                "CamelExecCommandOutFile",
                "CamelFileName",
                "camelfilename",
                "CamelAwsS3Key",
                "camelAwsS3Key",
                "CamelAwsS3BucketName",
                "CamelAwsS3Operation",
                "CamelHttpResponseCode",
                "CamelBeanMethodName",
                "org.apache.camel.beanMethodName",
                "breadcrumbId")) {
            String value = name.contains("Executable") ? "touch" : name.contains("Response") ? "299" : trace.toString();
            headers.put(name, value);
            String pair = java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8) + "=" + value + "&";
            form.append(pair);
            query.append(pair);
        }
        SidecarProcess sidecar = Shared.sidecar();
        HttpResponse<String> byHeader = sidecar.send(method, path, headers, "");
        assertThat(byHeader.statusCode()).isIn(200, 204, 400, 403, 404, 429);
        assertThat(byHeader.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("camel"));
        HttpResponse<String> byQuery = sidecar.send(method, path + query, Map.of(), "");
        // A scraper or a probe may send what it likes; it is ignored.
        boolean forMachines = path.startsWith("/metrics") || path.startsWith("/health");
        assertThat(byQuery.statusCode()).isIn(forMachines ? List.of(200) : List.of(400, 403, 404));
        Map<String, String> formType = Map.of("Content-Type", "application/x-www-form-urlencoded");
        assertThat(sidecar.send(method, path, formType, form.toString()).statusCode())
                .isIn(200, 204, 400, 403, 404);
        String boundary = "--b\r\nContent-Disposition: form-data; name=\"CamelFileName\"; filename=\"" + trace
                + "\"\r\n\r\nx\r\n--b--\r\n";
        assertThat(sidecar.send(method, path, Map.of("Content-Type", "multipart/form-data; boundary=b"), boundary)
                        .statusCode())
                .isIn(200, 204, 400, 403, 404);
        assertThat(trace).doesNotExist();
        try (Stream<Path> files = Files.walk(Shared.folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("pwned"));
        }
    }

    private static String waitFor(Path file) {
        return "while [ ! -e " + file + " ]; do sleep 0.05; done; echo row";
    }

    /** One sidecar for the tests that leave nothing behind. */
    private static final class Shared {

        private static final Path FOLDER = folderOfItsOwn();
        private static final SidecarProcess SIDECAR =
                SidecarProcess.start(FOLDER, SidecarProcess.shellDump(FOLDER.resolve("store"), "echo row"));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SIDECAR::close));
        }

        static SidecarProcess sidecar() {
            return SIDECAR;
        }

        static Path folder() {
            return FOLDER;
        }

        private static Path folderOfItsOwn() {
            try {
                return Files.createTempDirectory("mgnlbackup-http-");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
