package io.mgnlbackup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.GcsFault;
import io.mgnlbackup.testing.GcsServer;
import io.mgnlbackup.testing.SidecarProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same for Google Cloud Storage. An upload that was given up is no entry of any listing, and left to Google. */
class NothingIncompleteGcsIT extends NothingIncompleteContract {

    private static GcsServer server;
    private static int buckets;

    private String bucket;

    @BeforeAll
    static void startServer() {
        server = new GcsServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        bucket = "incomplete-" + buckets++;
    }

    @AfterEach
    void heal() {
        server.heal();
    }

    @Override
    Map<String, String> store() {
        return server.variables(bucket, server.endpoint());
    }

    @Override
    List<String> everythingInTheStore() {
        return server.names(bucket);
    }

    @Test
    void aStoreThatSaysNoHalfWayGetsNoObject() throws IOException {
        refused(" bytes 4194304-", 404);
    }

    @Test
    void aStoreThatFailsToEndTheUploadGetsNoObject() throws IOException {
        refused("/1200", 412);
    }

    private void refused(String request, int status) throws IOException {
        script("echo good");
        try (SidecarProcess sidecar = SidecarProcess.start(folder(), settings())) {
            List<String> before = afterTheFirstBackup(sidecar);
            script("head -c 12000000 /dev/urandom");
            server.breaks(new GcsFault(
                    GcsFault.Kind.STATUS, status, 9, line -> line.startsWith("PUT") && line.contains(request)));
            HttpResponse<String> answer = sidecar.dump();
            assertThat(answer.statusCode()).as(answer.body()).isIn(500, 503);
            assertThat(SidecarProcess.json(answer).get("error").asText()).contains("cannot store", bucket);
            assertThat(sidecar.metric("mgnlbackup_errors")).isEqualTo(1);
            assertThat(sidecar.log()).doesNotContain("\tat ");
            assertThat(everythingInTheStore()).isEqualTo(before);
        }
    }
}
