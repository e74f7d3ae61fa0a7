package io.mgnlbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.testing.ArchivingServer;
import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.Folder;
import io.mgnlbackup.testing.PostgresServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What boot leaves behind when it does not come to its end: a folder as empty as it was, exit code 1, and the reason. */
class BootIT {

    private static final String BUCKET = "boot";

    @TempDir
    private static Path folder;

    private static S3Server store;
    private static ChaosProxy line;
    private static ArchivingServer archiving;
    private static String link;
    private static SidecarProcess sidecar;

    private Path data;

    @BeforeAll
    static void backUp() {
        store = new S3Server();
        line = new ChaosProxy(store.endpoint());
        archiving = new ArchivingServer();
        archiving.postgres().psql("postgres", "CREATE TABLE kept AS SELECT n FROM generate_series(1, 1000) n");
        Map<String, String> settings = new HashMap<>(archiving.sidecar(S3Server.variables(BUCKET, store.endpoint())));
        settings.put("S3_PUBLIC_ENDPOINT", line.endpoint().toString()); // boot's way to the store can be broken
        sidecar = SidecarProcess.start(folder, settings);
        sidecar.await(
                "a base backup",
                () -> sidecar.list().stream()
                        .anyMatch(entry -> entry.path("name").asText().endsWith("-basebackup.tar.gz")));
        archiving.switchSegment();
        sidecar.await("all is archived", archiving::drained);
        link = SidecarProcess.json(sidecar.get("/bundle/now?mode=restore&upload"))
                .get("link")
                .asText();
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        archiving.close();
        line.close();
        store.close();
    }

    @BeforeEach
    void emptyFolder() {
        data = PostgresServer.emptyFolder();
    }

    @AfterEach
    void remove() {
        line.heal();
        Folder.delete(data);
    }

    @Test
    void aBootThatWasKilledIsFinishedByTheNext() throws Exception {
        Process boot = slowly();
        boot.destroyForcibly().waitFor();
        assertThat(names()).containsExactly(".mgnlbackup-boot");
        line.heal();
        assertThat(boot(data).exitCode()).isZero();
        try (PostgresServer restored = PostgresServer.onRestored(data, Map.of("archive_mode", "off"))) {
            assertThat(restored.psql("postgres", "SELECT count(*) FROM kept")).isEqualTo("1000");
        }
        Run again = boot(data);
        assertThat(again.exitCode()).isZero();
        assertThat(again.text()).contains("already holds a cluster, nothing to do");
    }

    @Test
    void aBootThatIsToldToStopLeavesNothing() throws Exception {
        Process boot = slowly();
        boot.destroy();
        assertThat(boot.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(boot.exitValue()).isNotZero();
        assertThat(names()).isEmpty();
    }

    @Test
    void aStoreThatFailsHalfWayLeavesNothing() throws Exception {
        line.answer(request -> request.contains("-txlog.tar.gz"), 500, "no");
        Run run = boot(data);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains("cannot restore into '" + data + "'", "-txlog.tar.gz", "500");
        assertThat(run.text()).doesNotContain("X-Amz-Signature").doesNotContain("\tat ");
        assertThat(names()).isEmpty();
    }

    /** Each kind of object that a restore reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-basebackup.tar.gz",
                "-bundle.json.gz",
                "-[0-9A-F]{24}-txlog.tar.gz",
            })
    void aFlippedBitIsFoundAndTheObjectNamed(String end) throws Exception {
        try (S3Client client = S3Clients.client(store.settings(BUCKET))) {
            String key = client.listObjectsV2(list -> list.bucket(BUCKET)).contents().stream()
                    .map(object -> object.key())
                    .filter(name -> name.matches(".*" + end))
                    .max(String::compareTo)
                    .orElseThrow();
            byte[] good =
                    client.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
            Map<String, String> tags =
                    client.headObject(head -> head.bucket(BUCKET).key(key)).metadata();
            byte[] bad = good.clone();
            bad[bad.length / 3] ^= 0x10;
            client.putObject(put -> put.bucket(BUCKET).key(key).metadata(tags), RequestBody.fromBytes(bad));
            try {
                Run run = boot(data);
                assertThat(run.exitCode()).isEqualTo(1);
                assertThat(run.text()).contains("cannot restore into '" + data + "': ", "'" + key + "' is ");
                assertThat(names()).isEmpty();
                downloadBreaks(key);
            } finally {
                client.putObject(put -> put.bucket(BUCKET).key(key).metadata(tags), RequestBody.fromBytes(good));
            }
        }
    }

    /** The meta object is looked at before anything is sent, so there is an answer. */
    private static void downloadBreaks(String key) {
        if (key.endsWith("-bundle.json.gz")) {
            HttpResponse<String> answer = sidecar.get("/bundle/now?download");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("cannot send the bundle", key);
            return;
        }
        assertThatThrownBy(() -> sidecar.get("/bundle/now?download")).isInstanceOf(UncheckedIOException.class);
        assertThat(sidecar.log())
                .contains("the download of a bundle broke off: ")
                .contains("'" + key + "' is ");
    }

    @Test
    void aDiskThatIsTooSmallIsToldBeforeAndOneThatFillsUpIsCleared() throws Exception {
        onSmallDisk("size=8m", run -> assertThat(run.text()).contains("needs about", "its disk has"));
        onSmallDisk("size=512m,nr_inodes=200", run -> assertThat(run.text()).contains("No space left", "larger disk"));
    }

    private void onSmallDisk(String options, Consumer<Run> check) throws Exception {
        Tool.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", data.toString()).run();
        try {
            Run run = boot(data);
            assertThat(run.exitCode()).isEqualTo(1);
            check.accept(run);
            assertThat(names()).isEmpty();
        } finally {
            Tool.of("umount", data.toString()).run();
        }
    }

    @Test
    void aFolderThatIsNotEmptyIsLeftAlone() throws Exception {
        Path mine = Files.writeString(data.resolve("mine"), "keep me");
        Run run = boot(data);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains("it is not empty, there is 'mine'");
        assertThat(mine).hasContent("keep me");
        assertThat(names()).containsExactly("mine");
    }

    @Test
    void aFolderThatIsAbsentIsMadeAndRemovedAgainWhenItFails() throws Exception {
        Path absent = data.resolve("pgdata");
        line.answer(request -> request.contains("-txlog.tar.gz"), 404, "gone");
        Run run = boot(absent);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains("its link answers 404", "take a new bundle");
        assertThat(absent).doesNotExist();
        line.heal();
        assertThat(boot(absent).exitCode()).isZero();
        assertThat(absent.resolve("PG_VERSION")).exists();
    }

    @Test
    void aDatasourceThatIsNoBundleIsToldSo() throws Exception {
        Run page = run("--datasource", line.endpoint() + "/nothing", "--pgdata", data.toString());
        assertThat(page.exitCode()).isEqualTo(1);
        Path text = Files.writeString(folder.resolve("text.json"), "{\"link\": \"http://example.com\"}");
        Run json = run("--datasource", text.toString(), "--pgdata", data.toString());
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.text()).contains("the datasource is no");
        assertThat(run("--pgdata", data.toString()).exitCode()).isEqualTo(2);
        assertThat(names()).isEmpty();
    }

    /** A boot that is in the middle of it. */
    private Process slowly() throws IOException {
        line.lose(request -> request.contains("-txlog.tar.gz"), 0);
        Process boot = process("--datasource", link, "--pgdata", data.toString());
        Awaitility.await("it has begun")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(data.resolve(".mgnlbackup-boot/PG_VERSION")));
        return boot;
    }

    private Run boot(Path into) throws Exception {
        return run("--datasource", link, "--pgdata", into.toString());
    }

    private Run run(String... arguments) throws Exception {
        Process process = process(arguments);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), text);
    }

    private static Process process(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("./mgnlbackup", "boot"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private record Run(int exitCode, String text) {}
}
