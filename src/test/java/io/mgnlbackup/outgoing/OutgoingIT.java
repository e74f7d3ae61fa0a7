package io.mgnlbackup.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.testing.GcsServer;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.SidecarProcess;
import io.mgnlbackup.testing.TestCa;
import io.mgnlbackup.testing.TlsFront;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, with stores behind TLS of a private CA and behind a proxy. */
class OutgoingIT {

    private static final String LOGIN = "anna:hunter2";

    @TempDir
    private static Path folder;

    private static TestCa ca;
    private static SSLContext tls;
    private static S3Server s3;
    private static TlsFront front;

    @BeforeAll
    static void start() {
        ca = new TestCa(folder, "ca");
        tls = ca.context(Optional.of(ca.issue("store")));
        s3 = new S3Server();
        front = TlsFront.of(tls, s3.endpoint());
    }

    @AfterAll
    static void stop() {
        front.close();
        s3.close();
    }

    private static Map<String, String> settings(String bucket, String endpoint) {
        return SidecarProcess.settings(S3Server.variables(bucket, URI.create(endpoint)), "echo row");
    }

    /** The name of the store is known to the proxy alone. */
    @Test
    void aStoreWithAPrivateCaIsReachedThroughAProxy() {
        try (TlsFront proxy = TlsFront.proxy(LOGIN, Map.of("store.test:443", front.port()))) {
            Map<String, String> settings = new HashMap<>(settings("private", "https://store.test"));
            settings.put("CA_FILE", ca.certificate().toString());
            settings.put("=HTTPS_PROXY", "http://" + LOGIN + "@127.0.0.1:" + proxy.port());
            settings.put("LOGLEVEL", "debug");
            try (SidecarProcess sidecar = SidecarProcess.start(folder, settings)) {
                assertThat(sidecar.dump().body()).contains("\"name\"");
                assertThat(sidecar.list()).isNotEmpty();
                assertThat(sidecar.log()).doesNotContain("hunter2");
            }
            assertThat(proxy.tunnels()).isNotEmpty().containsOnly("store.test:443");
        }
    }

    @Test
    void aStoreThatNobodyTrustedHasSignedIsNamedWithTheSettingThatHelps() {
        String endpoint = "https://127.0.0.1:" + front.port();
        try (SidecarProcess run = SidecarProcess.launch(folder, settings("unknown", endpoint), "list")) {
            assertThat(run.awaitEnd()).isEqualTo(1);
            assertThat(run.log())
                    .contains(
                            endpoint + ": nobody who is trusted here has signed its certificate",
                            "hint: give the certificate of the CA that has signed it in MGNLBACKUP_CA_FILE")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void googleCloudStorageIsReachedWithAPrivateCa() {
        try (GcsServer gcs = new GcsServer();
                TlsFront behind = TlsFront.of(tls, gcs.endpoint())) {
            Map<String, String> settings = new HashMap<>(SidecarProcess.settings(
                    gcs.variables("shop", URI.create("https://127.0.0.1:" + behind.port())), "echo row"));
            settings.put("CA_FILE", ca.certificate().toString());
            try (SidecarProcess run = SidecarProcess.launch(folder, settings, "dump")) {
                assertThat(run.awaitEnd()).as(run.log()).isZero();
            }
            assertThat(gcs.names("shop")).hasSize(1);
        }
    }

    @Test
    void filesThatAreNoneStopTheStartAllAtOnce() {
        Map<String, String> settings = new HashMap<>(SidecarProcess.shellDump(folder.resolve("none"), "echo row"));
        settings.put("TLS_CERT_FILE", folder.resolve("no.crt").toString());
        settings.put("TLS_KEY_FILE", folder.resolve("no.key").toString());
        try (SidecarProcess run = SidecarProcess.launch(folder, settings)) {
            assertThat(run.awaitEnd()).isEqualTo(2);
            assertThat(run.log())
                    .contains(
                            "mgnlbackup: MGNLBACKUP_TLS_CERT_FILE: the file '" + folder
                                    + "/no.crt' cannot be read (no such file)",
                            "mgnlbackup: MGNLBACKUP_TLS_KEY_FILE: the file '" + folder
                                    + "/no.key' cannot be read (no such file)")
                    .doesNotContain("\tat ");
        }
    }
}
