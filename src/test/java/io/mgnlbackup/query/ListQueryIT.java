package io.mgnlbackup.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.ulid.UlidCreator;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.StoreFolder;
import io.mgnlbackup.testing.Tool;
import io.mgnlbackup.testing.Vectors;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListQueryIT {

    private static final Map<String, String> JSON = Map.of("Accept", "application/json");

    @TempDir
    private static Path folder;

    private static SidecarProcess sidecar;

    @BeforeAll
    static void start() {
        StoreFolder store = new StoreFolder(folder.resolve("store"));
        backUp(store, "2026-01-06T03:00:00Z", "prod-eu");
        backUp(store, "2026-01-07T03:00:00Z", "prod-us");
        store.add(Instant.parse("2026-01-08T03:00:00Z"), Map.of("tier", "café"));
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "echo row"));
        settings.put("READONLY", "true");
        sidecar = SidecarProcess.start(folder, settings);
    }

    private static void backUp(StoreFolder store, String time, String namespace) {
        Instant start = Instant.parse(time);
        String ulid = UlidCreator.getUlid(start.toEpochMilli()).toString();
        store.add(start, Map.of("namespace", namespace, "ulid", ulid));
    }

    @AfterAll
    static void stop() {
        sidecar.close();
    }

    @Test
    void choosesByGetAndByPost() {
        assertThat(days("query", "{namespace=~\"prod-.*\"}")).containsExactly("06", "07");
        assertThat(days("query", "{namespace=\"\"}")).containsExactly("08");
        assertThat(days("query", "{weekly=\"true\"}")).containsExactly("06");
        assertThat(days("query", "{tier=\"café\"}")).containsExactly("08");
        assertThat(days("query", "{}", "orderby", "namespace", "dir", "desc")).containsExactly("07", "06", "08");
        assertThat(days("dir", "desc")).containsExactly("07", "06", "08");
        assertThat(days("query", "{namespace!=\"\"}", "limit", "1")).containsExactly("06");
    }

    /** The names' days of an answer, asked for in both ways. */
    private static List<String> days(String... parameters) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            form.append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8))
                    .append('&');
        }
        HttpResponse<String> byGet = sidecar.send("GET", "/list?" + form, JSON, "");
        Map<String, String> headers = new HashMap<>(JSON);
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        HttpResponse<String> byPost = sidecar.send("POST", "/list", headers, form.toString());
        assertThat(byGet.statusCode()).as(byGet.body()).isEqualTo(200);
        List<String> days = days(byGet);
        assertThat(days(byPost)).isEqualTo(days);
        return days;
    }

    private static List<String> days(HttpResponse<String> response) {
        List<String> days = new ArrayList<>();
        SidecarProcess.json(response)
                .forEach(entry -> days.add(entry.get("name").asText().substring(13, 15)));
        return days;
    }

    @Test
    void curlWithAFormWorks() {
        String answer = Tool.of(
                        "curl",
                        "-sS",
                        "-H",
                        "accept: application/json",
                        sidecar.uri("/list").toString(),
                        "-d",
                        "query={daily=\"true\"}")
                .run();
        assertThat(answer).startsWith("[").contains("\"daily\":true", "\"link\":", "\"last_modified\":", "\"tags\":");
    }

    @Test
    void whatIsWrongIsAnsweredWithItsPosition() {
        HttpResponse<String> answer = sidecar.send("GET", "/list?query=%7Bdaily%3Dtrue%7D", JSON, "");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode body = SidecarProcess.json(answer);
        assertThat(body.get("error").asText()).contains("a value in quotes is expected at character 8");
        assertThat(body.get("hint").asText()).contains("name=\"value\"");
        for (String bad : List.of("dir=up", "limit=0", "limit=x", "query=%7Ba%3D%22%ff%22%7D", "qurey=%7B%7D")) {
            assertThat(sidecar.send("GET", "/list?" + bad, JSON, "").statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void theVectorsAreRefusedOverHttpToo() {
        Vectors.cases("matchers-invalid").forEach(row -> {
            String query = URLEncoder.encode(row.path("query").asText(), StandardCharsets.UTF_8);
            assertThat(sidecar.send("GET", "/list?query=" + query, JSON, "").statusCode())
                    .as(row.toString())
                    .isEqualTo(400);
        });
        Vectors.cases("matchers-valid").forEach(row -> {
            String query = URLEncoder.encode(row.path("query").asText(), StandardCharsets.UTF_8);
            assertThat(sidecar.send("GET", "/list?query=" + query, JSON, "").statusCode())
                    .as(row.toString())
                    .isEqualTo(200);
        });
    }
}
