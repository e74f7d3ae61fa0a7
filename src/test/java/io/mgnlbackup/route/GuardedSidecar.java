package io.mgnlbackup.route;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.mgnlbackup.Engine;
import io.mgnlbackup.access.Role;
import io.mgnlbackup.cli.FeatureChecks;
import io.mgnlbackup.config.Purpose;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.SettingSources;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.config.SettingsReader;
import io.mgnlbackup.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.camel.CamelContext;

/** A sidecar inside the test, with a token for each role, and anna, who may read and has a password. */
final class GuardedSidecar implements AutoCloseable {

    private static final String PASSWORD = "hunter2";

    private final Engine engine;

    private GuardedSidecar(Engine engine) {
        this.engine = engine;
    }

    /** One that lets its users in and nobody else. */
    static GuardedSidecar start(Path folder) {
        StringBuilder users = new StringBuilder();
        for (Role role : Role.values()) {
            users.append("%1$s:%1$s:sha256:%2$s;".formatted(role.text(), sha256(token(role))));
        }
        users.append("anna:read:")
                .append(BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, PASSWORD.toCharArray()));
        return start(folder, Map.of("MGNLBACKUP_USERS", users.toString(), "MGNLBACKUP_ADDRESS", "127.0.0.1:0"));
    }

    /** One with these settings besides a dump and a store. */
    static GuardedSidecar start(Path folder, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MGNLBACKUP_CMD", "echo",
                "MGNLBACKUP_ARGS", "row",
                "MGNLBACKUP_CRON", "0 0 29 2 *",
                "MGNLBACKUP_FILE_DIR", folder.resolve("store").toString()));
        environment.putAll(more);
        Settings settings = SettingsReader.read(
                        SettingSources.ofEnvironment(environment), new FeatureChecks(), Purpose.TAKE_BACKUPS)
                .settings();
        return new GuardedSidecar(Engine.start(settings, SecretMask.PATTERNS_ONLY, Engine.Job.SERVER));
    }

    static String token(Role role) {
        return "token-of-" + role.text();
    }

    /** A header for a token. */
    static String bearer(Role role) {
        return "Authorization: Bearer " + token(role);
    }

    /** A header for the one who has a password. */
    static String anna() {
        return basic("anna:" + PASSWORD);
    }

    /** A header for a name and a password. */
    static String basic(String pair) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return engine.port();
    }

    RawHttp http() {
        return new RawHttp(engine.port());
    }

    /** A client with an address of its own, so that its wrong attempts are its own. */
    RawHttp http(String from) {
        return new RawHttp(engine.port(), from);
    }

    CamelContext camel() {
        return engine.camel();
    }

    @Override
    public void close() {
        engine.close();
    }
}
