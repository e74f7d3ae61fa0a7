package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mgnlbackup.testing.SidecarProcess;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says, at its most talkative, of those who are let in and those who are not, with the program as users run it. */
class AuditIT {

    private static final String PASSWORD = "correct horse";

    @TempDir
    private Path folder;

    private Map<String, String> settings() {
        return new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), "echo row"));
    }

    private static Map<String, String> basic(String user, String password) {
        return Map.of("Authorization", "Basic " + encoded(user, password), "Accept", "application/json");
    }

    private static String encoded(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void saysWhoDidWhatAndNeverWithWhichPassword() throws Exception {
        String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(5, PASSWORD.toCharArray());
        Path users = Files.writeString(
                folder.resolve("users"), "# people\nanna:write:" + hash + "\nben:read:" + hash + "\n");
        Map<String, String> settings = settings();
        settings.put("USERS_FILE", users.toString());
        settings.put("LOGLEVEL", "trace");
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("the backup at start is done", () -> sidecar.log().contains("Sweep: keeping"));
            HttpResponse<String> dump = sidecar.send("POST", "/dump?sync=true", basic("anna", PASSWORD), "");
            assertThat(dump.statusCode()).as(dump.body()).isEqualTo(200);
            String name = SidecarProcess.json(dump).get("name").asText();
            HttpResponse<String> list = sidecar.send("GET", "/list", basic("ben", PASSWORD), "");
            assertThat(list.statusCode()).isEqualTo(200);
            URI link = URI.create(SidecarProcess.json(list).get(0).get("link").asText());
            assertThat(sidecar.get(link.getRawPath() + "?" + link.getRawQuery()).statusCode())
                    .as("a link is a credential of its own")
                    .isEqualTo(200);
            assertThat(sidecar.get(link.getRawPath()).statusCode()).isEqualTo(401);
            assertThat(sidecar.send("POST", "/dump", basic("ben", PASSWORD), "").statusCode())
                    .isEqualTo(403);
            assertThat(sidecar.send("GET", "/list", basic("ben", "wrong" + PASSWORD), "")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(sidecar.log())
                    .contains("Audit: anna (read,write) at 127.0.0.1, POST /dump: starts the backup '" + name + "'")
                    .containsPattern(
                            Pattern.compile("Audit: ben \\(read\\) at 127.0.0.1, GET /list: is given (a link|2 links)"))
                    .containsPattern(Pattern.compile("Audit: - at 127.0.0.1, GET /files/test-[^?]*: downloads 'test-"))
                    .contains(
                            "Audit: ben (read) at 127.0.0.1, POST /dump: is refused with 403, 'ben' does not have the role")
                    .contains("Audit: - at 127.0.0.1, GET /list: is refused with 401, the credentials are wrong")
                    .doesNotContain(PASSWORD)
                    .doesNotContain(hash)
                    .doesNotContain(encoded("anna", PASSWORD));
        }
    }
}
