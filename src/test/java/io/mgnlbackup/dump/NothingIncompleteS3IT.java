package io.mgnlbackup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The same for S3, and what only a store at the other end of a line does: it goes away, or says no at the last moment. */
class NothingIncompleteS3IT extends NothingIncompleteContract {

    private static S3Server server;
    private static int buckets;

    private ChaosProxy line;
    private StoreSettings.S3 settings;

    @BeforeAll
    static void startServer() {
        server = new S3Server();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        line = new ChaosProxy(server.endpoint());
        settings = server.settings("incomplete-" + buckets++);
    }

    @AfterEach
    void disconnect() {
        line.close();
    }

    @Override
    Map<String, String> store() {
        return S3Server.variables(settings.bucket(), line.endpoint());
    }

    @Override
    List<String> everythingInTheStore() {
        try (S3Client client = S3Clients.client(settings)) {
            Stream<String> objects = client.listObjectsV2(list -> list.bucket(settings.bucket())).contents().stream()
                    .map(S3Object::key);
            Stream<String> uploads =
                    client.listMultipartUploads(list -> list.bucket(settings.bucket())).uploads().stream()
                            .map(MultipartUpload::key)
                            .map(key -> "upload of " + key);
            return Stream.concat(objects, uploads).sorted().toList();
        }
    }

    @Test
    void aStoreThatGoesAwayHalfWayGetsNoObject() throws IOException {
        script("echo good");
        try (SidecarProcess sidecar = SidecarProcess.start(folder(), settings())) {
            List<String> before = afterTheFirstBackup(sidecar);
            script("head -c 30000000 /dev/urandom");
            line.lose(request -> request.contains("partNumber=2&"), 100_000);
            HttpResponse<String> answer = sidecar.dump();
            assertThat(answer.statusCode()).as(answer.body()).isIn(500, 503);
            assertThat(SidecarProcess.json(answer).get("error").asText()).contains("cannot store", settings.bucket());
            assertThat(sidecar.metric("mgnlbackup_errors")).isEqualTo(1);
            line.heal();
            assertThat(everythingInTheStore()).isEqualTo(before);
        }
    }

    /** As when it restarts: the connection ends between a request and its answer. */
    @Test
    void aConnectionThatIsLostOnceIsNotNoticed() throws IOException {
        script("echo good");
        try (SidecarProcess sidecar = SidecarProcess.start(folder(), settings())) {
            List<String> before = afterTheFirstBackup(sidecar);
            script("head -c 30000000 /dev/urandom");
            AtomicBoolean lost = new AtomicBoolean();
            line.lose(request -> request.contains("partNumber=2&") && !lost.getAndSet(true), S3Server.PART_BYTES);
            HttpResponse<String> answer = sidecar.dump();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(lost).isTrue();
            assertThat(everythingInTheStore()).hasSize(before.size() + 1);
        }
    }

    @Test
    void aStoreThatIsGoneForGoodGetsNoObjectAndIsCleanedAtTheNextStart() throws IOException {
        script("echo good");
        List<String> before;
        try (SidecarProcess sidecar = SidecarProcess.start(folder(), settings())) {
            before = afterTheFirstBackup(sidecar);
            script("head -c 30000000 /dev/urandom; sleep 2; head -c 30000000 /dev/urandom");
            sidecar.send("POST", "/dump", Map.of(), "");
            sidecar.await(
                    "half of it is sent",
                    () -> line.requests().stream().anyMatch(request -> request.contains("partNumber=3&")));
            line.cut();
            sidecar.await("it has failed", () -> sidecar.metric("mgnlbackup_errors") == 1);
            assertThat(sidecar.log()).contains("cannot store").doesNotContain("\tat ");
            assertThat(sidecar.get("/health/ready").statusCode()).isEqualTo(503);
        }
        assertThat(everythingInTheStore()).hasSizeGreaterThan(1);
        line.heal();
        script("echo good");
        try (SidecarProcess sidecar = SidecarProcess.start(folder(), settings())) {
            sidecar.await("ready", () -> sidecar.get("/health/ready").statusCode() == 200);
            sidecar.await("cleaned", () -> everythingInTheStore().equals(before));
        }
    }

    @Test
    void aStoreThatFailsToCompleteGetsNoObject() throws IOException {
        script("echo good");
        try (SidecarProcess sidecar = SidecarProcess.start(folder(), settings())) {
            List<String> before = afterTheFirstBackup(sidecar);
            script("head -c 12000000 /dev/urandom");
            line.answer(
                    request -> request.startsWith("POST") && request.contains("uploadId="),
                    500,
                    "<Error><Code>InternalError</Code><Message>no</Message></Error>");
            HttpResponse<String> answer = sidecar.dump();
            assertThat(answer.statusCode()).as(answer.body()).isIn(500, 503);
            assertThat(SidecarProcess.json(answer).get("error").asText()).contains("cannot store", "500");
            assertThat(sidecar.metric("mgnlbackup_errors")).isEqualTo(1);
            line.heal();
            assertThat(everythingInTheStore()).isEqualTo(before);
        }
    }
}
