package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.testing.Folder;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The files of docs/recipes, as they are, in a folder of routes. */
class RecipesIT {

    private static final String BUCKET = "copies";

    /** Does not fit into the heap of the sidecar that copies it. */
    private static final int COPIED_MEGABYTES = 120;

    @TempDir
    private Path folder;

    private Map<String, String> settings(String recipe, String script) throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.copy(Path.of("docs/recipes", recipe), routes.resolve(recipe));
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("store"), script));
        settings.put("ROUTES_DIR", routes.toString());
        return settings;
    }

    @Test
    void aWebhookIsToldAndAskedAgainWhenItIsBusy() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServer webhook = webhook(told, 204);
        Map<String, String> settings = settings(
                "notify-webhook.camel.yaml",
                "echo row; test ! -e " + folder.resolve("broken") + " || { echo \"it's \\\"bad\\\"\" >&2; exit 3; }");
        settings.put("=WEBHOOK_URL", url(webhook));
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("the success is told at the second try", () -> told.size() == 2);
            assertThat(told.get(1)).isEqualTo(told.get(0)).startsWith("application/json ");
            JsonNode success = json(told.get(1));
            assertThat(success.get("status").asText()).isEqualTo("succeeded");
            assertThat(success.get("name").asText()).startsWith("test-").endsWith(".sql.gz");
            assertThat(success.get("size").asLong()).isPositive();

            Files.createFile(folder.resolve("broken"));
            assertThat(sidecar.dump().statusCode()).isEqualTo(500);
            sidecar.await("the failure is told", () -> told.size() == 3);
            assertThat(json(told.get(2)).get("error").asText()).contains("the dump 'sh' failed with exit code 3");
            sidecar.await("the answer is logged", () -> sidecar.log().contains("told the webhook: 204"));
        } finally {
            webhook.stop(0);
        }
    }

    /** Remembers what it is told; busy at first, then it answers with this status. */
    private static HttpServer webhook(List<String> told, int status) throws IOException {
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/hook", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                told.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                        + new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(told.size() == 1 ? 503 : status, -1);
            exchange.close();
        });
        webhook.start();
        return webhook;
    }

    private static String url(HttpServer webhook) {
        return "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook?token=a%20b";
    }

    private static JsonNode json(String told) throws IOException {
        return new ObjectMapper().readTree(told.substring(told.indexOf('{')));
    }

    @Test
    void aSecondBucketGetsACopyThatIsNeverSpooled() throws Exception {
        try (S3Server second = new S3Server()) {
            Map<String, String> settings =
                    settings("second-copy.camel.yaml", "head -c " + COPIED_MEGABYTES + "000000 /dev/urandom");
            Path scratch = Files.createDirectory(folder.resolve("tmp"));
            settings.put("=MGNLBACKUP_JAVA_OPTS", "-Xmx72m -Djava.io.tmpdir=" + scratch);
            settings.put("GZIP_LEVEL", "1");
            settings.put("TAGS_LABEL", "café");
            copyTo(second, settings, S3Server.SECRET_KEY.value());
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
                sidecar.await("it is copied", () -> sidecar.log().contains("copied 'test-"));
                assertThat(Folder.files(scratch)).isEmpty();
                String name = sidecar.list().get(0).get("name").asText();
                try (S3Client client = S3Clients.client(second.settings(BUCKET))) {
                    List<S3Object> copies =
                            client.listObjectsV2(list -> list.bucket(BUCKET)).contents();
                    assertThat(copies).extracting(S3Object::key).containsExactly(name);
                    assertThat(sha256(client.getObject(get -> get.bucket(BUCKET).key(name))))
                            .isEqualTo(sha256(
                                    Files.newInputStream(folder.resolve("store").resolve(name))));
                    assertThat(client.headObject(head -> head.bucket(BUCKET).key(name))
                                    .metadata()
                                    .get("mgnlbackup-tags"))
                            .contains("heritage=tests", "label=caf%C3%A9");
                }
            }
        }
    }

    private static void copyTo(S3Server second, Map<String, String> settings, String secretKey) {
        settings.put("=COPY_ENDPOINT", second.endpoint().toString());
        settings.put("=COPY_REGION", "us-east-1");
        settings.put("=COPY_BUCKET", BUCKET);
        settings.put("=COPY_ACCESSKEY", S3Server.ACCESS_KEY);
        settings.put("=COPY_SECRETKEY", secretKey);
    }

    private static String sha256(InputStream bytes) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(bytes, digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void aCopyThatFailsLeavesTheBackupAsItIs() throws IOException {
        try (S3Server second = new S3Server()) {
            Map<String, String> settings = settings("second-copy.camel.yaml", "echo row");
            copyTo(second, settings, "wrong-S3cretCopy8");
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
                sidecar.await(
                        "the copy fails",
                        () -> sidecar.log().contains("check MGNLBACKUP_S3_SECRETKEY")
                                || sidecar.log().contains("SignatureDoesNotMatch"));
                assertThat(sidecar.dump().statusCode()).isEqualTo(200);
                assertThat(sidecar.metric("mgnlbackup_errors")).isZero();
                sidecar.await(
                        "it is counted",
                        () -> sidecar.get("/metrics")
                                .body()
                                .contains("camel_exchanges_failed_total{route_id=\"copy-to-second-bucket\"} 2"));
                assertThat(sidecar.log()).contains("in bucket 'copies'").doesNotContain("wrong-S3cretCopy8");
            }
        }
    }

    /** As docs/routes.md says. */
    @Test
    void theFirstTwoCanBeUsedTogether() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServer webhook = webhook(told, 500);
        try (S3Server second = new S3Server()) {
            Map<String, String> settings = settings("second-copy.camel.yaml", "echo row");
            Path copy = folder.resolve("routes/second-copy.camel.yaml");
            Files.writeString(
                    copy,
                    Files.readString(copy)
                            .replace(
                                    "      steps:\n",
                                    "      steps:\n        - wireTap: { uri: direct:notify-webhook }\n"));
            String notify = Files.readString(Path.of("docs/recipes/notify-webhook.camel.yaml"));
            int from = notify.indexOf("- route:\n    id: notify-success");
            Files.writeString(
                    folder.resolve("routes/notify-webhook.camel.yaml"),
                    notify.substring(0, from) + notify.substring(notify.indexOf("- route:\n    id: notify-webhook")));
            copyTo(second, settings, S3Server.SECRET_KEY.value());
            settings.put("=WEBHOOK_URL", url(webhook));
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
                sidecar.await("it is copied", () -> sidecar.log().contains("copied 'test-"));
                sidecar.await("it is told, in vain", () -> !told.isEmpty());
            }
        } finally {
            webhook.stop(0);
        }
    }

    @Test
    void aFileStartsABackupAndIsGoneThen() throws IOException {
        Path triggers = Files.createDirectory(folder.resolve("triggers"));
        Map<String, String> settings = settings("backup-on-file.camel.yaml", "echo row");
        settings.put("=TRIGGER_DIR", triggers.toString());
        try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
            sidecar.await("the one at start", () -> sidecar.list().size() == 1);
            Files.createFile(triggers.resolve("something-else"));
            Path asked = Files.createFile(triggers.resolve("backup-now"));
            sidecar.await("the one that the file asks for", () -> sidecar.list().size() == 2);
            sidecar.await("the file is gone", () -> !Files.exists(asked));
            assertThat(triggers.resolve("something-else")).exists();
        }
    }
}
