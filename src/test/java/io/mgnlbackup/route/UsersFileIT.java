package io.mgnlbackup.route;

import static io.mgnlbackup.route.GuardedSidecar.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.access.Role;
import io.mgnlbackup.testing.LogLines;
import io.mgnlbackup.testing.RawHttp;
import io.mgnlbackup.testing.SlowClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of users changes while the sidecar runs. */
class UsersFileIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static String user(Role role) {
        return "%1$s:%1$s:sha256:%2$s\n".formatted(role.text(), GuardedSidecar.sha256(GuardedSidecar.token(role)));
    }

    @Test
    void whoIsTakenOutIsRefusedAndGetsNoMoreNewsAndABrokenFileChangesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("users"), user(Role.READ) + user(Role.WRITE));
        try (GuardedSidecar sidecar = GuardedSidecar.start(
                        folder,
                        Map.of("MGNLBACKUP_USERS_FILE", file.toString(), "MGNLBACKUP_ADDRESS", "127.0.0.1:0"));
                LogLines lines = LogLines.of("io.mgnlbackup.access.UsersFile");
                SlowClient stays = new SlowClient(sidecar.port()).asks("/events", bearer(Role.WRITE));
                SlowClient goes = new SlowClient(sidecar.port()).asks("/events", bearer(Role.READ))) {
            RawHttp http = sidecar.http();
            assertThat(stays.readUntil("data:")).startsWith("HTTP/1.1 200");
            assertThat(goes.readUntil("data:")).startsWith("HTTP/1.1 200");
            assertThat(http.status("GET", "/list", bearer(Role.READ))).isEqualTo(200);

            Files.writeString(file, user(Role.WRITE) + user(Role.METRICS));
            Awaitility.await().atMost(LIMIT).until(() -> http.status("GET", "/list", bearer(Role.READ)) == 401);
            assertThat(http.status("GET", "/list", bearer(Role.WRITE))).isEqualTo(200);
            assertThat(http.status("GET", "/metrics", bearer(Role.METRICS))).isEqualTo(200);
            assertThat(goes.readUntil("\r\n0\r\n\r\n")).as("its news end in good order").endsWith("0\r\n\r\n");
            assertThat(stays.readUntil("data:")).contains("data:");

            Files.writeString(file, "# everybody is gone\n");
            Awaitility.await().atMost(LIMIT).until(() -> lines.all().toString().contains("there is nobody in it"));
            assertThat(http.status("GET", "/list", bearer(Role.WRITE))).isEqualTo(200);
            assertThat(http.status("GET", "/list")).isEqualTo(401);
        }
    }
}
