package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.access.AccessRules;
import io.mgnlbackup.access.Role;
import io.mgnlbackup.testing.RawHttp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the server has a route for, in every spelling, as nobody and as somebody with too little. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessControlIT {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "NONSENSE");

    private GuardedSidecar sidecar;
    private RawHttp http;

    @BeforeAll
    void start(@TempDir Path folder) {
        sidecar = GuardedSidecar.start(folder);
        http = sidecar.http();
    }

    @AfterAll
    void stop() {
        sidecar.close();
    }

    private static String token(Role role) {
        return GuardedSidecar.token(role);
    }

    private Set<String> paths() {
        return Spellings.paths(sidecar);
    }

    @Test
    void everyRouteHasARuleOfItsOwn() {
        Set<String> without = paths().stream()
                .filter(path -> !AccessRules.of(path, path, Set.of()).listed())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(without).containsExactly("/anything");
    }

    @Test
    void nobodyGetsAnythingButHealth() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String path : paths()) {
            for (String method : METHODS) {
                for (String spelling : Spellings.of(path)) {
                    int status = http.status(method, spelling);
                    boolean open = spelling.startsWith("/health/")
                            && (spelling.equals(path) || spelling.equals(path + "?a=b"));
                    if (open ? status == 401 || status == 403 : status != 401) {
                        wrong.add(method + " " + spelling + ": " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"READ", "WRITE", "METRICS"})
    void aWrongRoleIsRefused(Role role) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String path : paths()) {
            for (String method : METHODS) {
                for (String spelling : Spellings.of(path)) {
                    boolean allowed = allowed(role, path, spelling);
                    int status = http.status(method, spelling, "Authorization: Bearer " + token(role));
                    if (allowed ? status == 401 || (status == 403 && !path.startsWith("/files")) : status != 403) {
                        wrong.add(method + " " + spelling + ": " + status);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What the table of the documentation says, written down a second time. */
    private static boolean allowed(Role role, String path, String spelling) {
        boolean reads = role == Role.READ || role == Role.WRITE;
        if (spelling.matches("/(bundle|files)/[-A-Z0-9:]*(/|;a=b)?(\\?a=b)?")) {
            return reads; // whatever may be the name of an instant or of an object
        }
        if (!spelling.equals(path) && !spelling.equals(path + "?a=b")) {
            return false;
        }
        return switch (path) {
            case "/health/live", "/health/ready" -> true;
            case "/metrics" -> role == Role.METRICS;
            case "/dump", "/cache" -> role == Role.WRITE;
            case "/", "/list", "/events", "/assets/page.css", "/assets/page.js", "/bundle" -> reads;
            default -> false;
        };
    }

    static Stream<String> oddRequests() {
        return Stream.of(
                "GET /list HTTP/1.0\r\n\r\n",
                "GET /list HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
                "GET http://127.0.0.1/list HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://127.0.0.1/health/live/../../list HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /list HTTP/1.1\r\nHost: x\r\nAuthorization:\r\n\r\n",
                "GET /list HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer\r\n\r\n",
                "GET /list HTTP/1.1\r\nHost: x\r\nAuthorization: Basic :\r\n\r\n",
                "GET /list HTTP/1.1\r\nHost: x\r\nAuthorization: Negotiate abc\r\n\r\n",
                "GET /list HTTP/1.1\r\nHost: x\r\nX-Original-URL: /health/live\r\nX-HTTP-Method-Override: GET\r\n\r\n",
                "GET /list HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 127.0.0.1\r\nX-Forwarded-User: admin\r\n\r\n",
                "POST /list HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b");
    }

    @ParameterizedTest
    @MethodSource("oddRequests")
    void anOddRequestIsNobodys(String request) throws Exception {
        assertThat(http.status(request)).isEqualTo(401);
    }

    /** The server refuses them before anything of ours sees them. */
    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/%zz/../list", "/%", "*", "\\list", "list", "?", "//"})
    void whatIsNoPathLeadsNowhere(String target) throws Exception {
        for (String method : METHODS) {
            assertThat(http.status(method, target)).as(method).isIn(400, 401, 404);
        }
    }

    @Test
    void whoStoresABundleNeedsToWriteHoweverItIsSpelled() throws Exception {
        for (String query : List.of("upload", "upload=true", "mode=restore&UPLOAD", "uplo%61d=1", "upload=false")) {
            assertThat(http.status("GET", "/bundle/now?" + query, "Authorization: Bearer " + token(Role.READ)))
                    .as(query)
                    .isEqualTo(403);
        }
        assertThat(http.status("GET", "/bundle/now?mode=restore&upload", "Authorization: Bearer " + token(Role.WRITE)))
                .isEqualTo(404);
    }

    @Test
    void aRefusalSaysHowToBeLetIn() throws Exception {
        String answer = http.answer("GET", "/list");
        assertThat(answer).contains("WWW-Authenticate: Basic realm").contains("WWW-Authenticate: Bearer");
        assertThat(answer).contains("\"error\":\"credentials are missing\"");
        assertThat(http.answer("POST", "/dump", "Authorization: Bearer " + token(Role.READ)))
                .contains("does not have the role 'write'");
    }
}
