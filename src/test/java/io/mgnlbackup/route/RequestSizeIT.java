package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mgnlbackup.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are malformed or too large: each has its status, the JSON of every error and the headers of every answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestSizeIT {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

    private GuardedSidecar sidecar;
    private RawHttp http;

    @BeforeAll
    void start(@TempDir Path folder) {
        sidecar = GuardedSidecar.start(
                folder, Map.of("MGNLBACKUP_ADDRESS", "127.0.0.1:0", "MGNLBACKUP_REQUEST_TIMEOUT", "2s"));
        http = sidecar.http();
    }

    @AfterAll
    void stop() {
        sidecar.close();
    }

    static Stream<Arguments> requests() {
        String many = IntStream.range(0, 40).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("&"));
        return Stream.of(
                Arguments.of(414, get("/list?query=" + "a".repeat(9_000), "")),
                Arguments.of(414, "GET /" + "a".repeat(30_000)),
                Arguments.of(431, get("/list", "X-Large: " + "a".repeat(17_000) + "\r\n")),
                Arguments.of(431, get("/list", "X-Many: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(500))),
                Arguments.of(400, "nonsense\r\n\r\n"),
                Arguments.of(400, "GET /list HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n"),
                Arguments.of(400, "GET /list HTTP/1.1\r\n\r\n"), // no Host
                Arguments.of(400, "GET /list HTTP/1.1\r\nHost: x\r\nHead er: y\r\n\r\n"),
                Arguments.of(400, get("/%zz", "")),
                Arguments.of(400, get("/list/%", "")),
                Arguments.of(404, get("*", "")),
                Arguments.of(404, get("list", "")),
                Arguments.of(400, get("/list?limit=%zz", "")),
                Arguments.of(400, get("/metrics?a=%", "")),
                Arguments.of(400, get("/list?" + many, "")),
                Arguments.of(400, post("/list", FORM, many)),
                Arguments.of(400, post("/list", FORM, "limit=%zz")),
                Arguments.of(400, post("/list", FORM, "query=" + "a".repeat(9_000))),
                Arguments.of(413, "POST /list HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 70000\r\n\r\n"),
                Arguments.of(413, "POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"),
                Arguments.of(
                        413,
                        "POST /dump HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + ("4000\r\n" + "a".repeat(0x4000) + "\r\n").repeat(5)));
    }

    private static String get(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
    }

    private static String post(String target, String headers, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nConnection: close\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isRefusedInJsonAndWithoutAFailureInside(int status, String request) throws IOException {
        String answer = http.raw(request.startsWith("GET /aaa") ? request + " HTTP/1.1\r\n\r\n" : request);
        assertThat(answer)
                .matches("(?s)HTTP/1[.][01] " + status + " .*"); // 1.0 where it is not known what the client speaks
        assertThat(answer)
                .contains("Content-Security-Policy: ", "X-Content-Type-Options: nosniff", "Cache-Control: no-store");
        String body = answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1); // without chunks
        assertThat(new JsonMapper().readTree(body).path("error").asText())
                .as(answer)
                .isNotEmpty();
        assertThat(body).doesNotContain("the log");
    }

    @Test
    void aBodyThatIsNoneEndsTheConnection() throws IOException {
        assertThat(http.raw("POST /list HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n"))
                .isEmpty();
    }

    @Test
    void theLargestThatIsAcceptedIsAccepted() throws IOException {
        assertThat(http.status("GET", "/list?query=" + "%7B%7D".repeat(1) + "&limit=1", "Accept: application/json"))
                .isEqualTo(200);
        assertThat(http.status("GET", "/list", "X-Large: " + "a".repeat(15_000)))
                .isEqualTo(200);
        String query = "query=%7Ba%3D%22" + "b".repeat(8_000) + "%22%7D";
        assertThat(http.status(post("/list", FORM, query))).isEqualTo(200);
    }
}
