package io.mgnlbackup.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.access.Role;
import io.mgnlbackup.testing.LogLines;
import io.mgnlbackup.testing.RawHttp;
import io.mgnlbackup.testing.TestCa;
import io.mgnlbackup.testing.TestCa.Issued;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port with TLS: who is let in, and what happens when the files change. */
class PortTlsIT {

    /** Each spelling comes with one of them, since each is a handshake; over plain HTTP with all of them. */
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE", "NONSENSE");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private static Path made;

    private static TestCa ca;
    private static TestCa clients;
    private static TestCa strangers;
    private static Issued first;

    @TempDir
    private Path folder;

    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeAll
    static void issue() throws IOException {
        ca = new TestCa(Files.createDirectory(made.resolve("servers")), "ca");
        clients = new TestCa(Files.createDirectory(made.resolve("clients")), "clients");
        strangers = new TestCa(Files.createDirectory(made.resolve("strangers")), "strangers");
        first = ca.issue("first");
    }

    private GuardedSidecar start(Map<String, String> more) throws IOException {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        put(first);
        Map<String, String> settings = new HashMap<>(Map.of(
                "MGNLBACKUP_ADDRESS",
                "127.0.0.1:0",
                "MGNLBACKUP_TLS_CERT_FILE",
                certificate.toString(),
                "MGNLBACKUP_TLS_KEY_FILE",
                key.toString()));
        settings.putAll(more);
        return GuardedSidecar.start(folder, settings);
    }

    private void put(Issued issued) throws IOException {
        Files.copy(issued.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(issued.key(), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private static SSLContext client() {
        return ca.context(Optional.empty());
    }

    /** What the server shows to a new client that speaks one version of TLS. */
    private static String shown(GuardedSidecar sidecar, String protocol) throws IOException {
        try (SSLSocket socket = (SSLSocket) client().getSocketFactory().createSocket("127.0.0.1", sidecar.port())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return leaf.getSubjectX500Principal().getName();
        }
    }

    @Test
    void nobodyGetsAnythingButHealthOverTlsAndNothingWithoutIt() throws Exception {
        try (GuardedSidecar sidecar = start(Map.of("MGNLBACKUP_USERS", GuardedSidecar.users()))) {
            RawHttp https = sidecar.https(client());
            assertThat(https.status("GET", "/health/live")).isEqualTo(200);
            assertThat(https.status("GET", "/list", GuardedSidecar.bearer(Role.READ)))
                    .isEqualTo(200);
            assertThat(everyWay(sidecar, https, 401)).isEmpty();
            assertThat(shown(sidecar, "TLSv1.2")).isEqualTo("CN=first");
            assertThat(shown(sidecar, "TLSv1.3")).isEqualTo("CN=first");
            assertThatThrownBy(() -> sidecar.http().status("GET", "/health/live"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() ->
                            sidecar.https(strangers.context(Optional.empty())).status("GET", "/health/live"))
                    .isInstanceOf(SSLException.class);
            assertThat(https.answer("GET", "/metrics", GuardedSidecar.bearer(Role.METRICS)))
                    .contains("mgnlbackup_tls_certificate_expiry_timestamp_seconds");
        }
    }

    /** Every path in every spelling that answers something else than this status, health checks apart. */
    private static List<String> everyWay(GuardedSidecar sidecar, RawHttp https, int status) throws IOException {
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (String path : Spellings.paths(sidecar)) {
            for (String spelling : Spellings.of(path)) {
                boolean open =
                        spelling.startsWith("/health/") && (spelling.equals(path) || spelling.equals(path + "?a=b"));
                String method = METHODS.get(asked++ % METHODS.size());
                int answered = https.status(method, spelling);
                if (open ? answered == 401 || answered == 403 : answered != status) {
                    wrong.add(method + " " + spelling + ": " + answered);
                }
            }
            asked++; // so that a spelling meets every method at some path
        }
        return wrong;
    }

    /** Java does not offer it any more unless asked, so this is a client's first message, written by hand. */
    @Test
    void anOlderTlsIsRefused() throws Exception {
        try (GuardedSidecar sidecar = start(Map.of())) {
            assertThat(answerToHello(sidecar.port(), 0x0303))
                    .as("TLS 1.2: a handshake")
                    .isEqualTo(22);
            assertThat(answerToHello(sidecar.port(), 0x0302))
                    .as("TLS 1.1: an alert, or the end")
                    .isIn(21, -1);
            assertThat(answerToHello(sidecar.port(), 0x0301))
                    .as("TLS 1.0: an alert, or the end")
                    .isIn(21, -1);
        }
    }

    /** The type of the first record that comes back (RFC 5246, sections 6.2.1 and 7.4.1.2). */
    private static int answerToHello(int port, int version) throws IOException {
        byte[] suites = {(byte) 0xc0, 0x2b, (byte) 0xc0, 0x2c, (byte) 0xc0, 0x09, (byte) 0xc0, 0x0a};
        byte[] extensions = {0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 6, 0, 4, 4, 3, 2, 3};
        int body = 2 + 32 + 1 + 2 + suites.length + 2 + 2 + extensions.length;
        java.nio.ByteBuffer hello = java.nio.ByteBuffer.allocate(9 + body)
                .put((byte) 22)
                .putShort((short) 0x0301)
                .putShort((short) (body + 4))
                .putInt(1 << 24 | body)
                .putShort((short) version)
                .put(new byte[32])
                .put((byte) 0)
                .putShort((short) suites.length)
                .put(suites)
                .putShort((short) 0x0100)
                .putShort((short) extensions.length)
                .put(extensions);
        try (java.net.Socket socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(hello.array());
            return socket.getInputStream().read();
        } catch (java.net.SocketException e) {
            return -1;
        }
    }

    @Test
    void withAClientCaOnlyHealthIsOpenToWhoHasNoCertificate() throws Exception {
        Path accepted = Files.copy(clients.certificate(), folder.resolve("clients.crt"));
        try (GuardedSidecar sidecar = start(Map.of("MGNLBACKUP_TLS_CLIENT_CA_FILE", accepted.toString()))) {
            RawHttp without = sidecar.https(client());
            assertThat(without.status("GET", "/health/live")).isEqualTo(200);
            assertThat(without.answer("GET", "/list"))
                    .contains("a client certificate is missing", "MGNLBACKUP_TLS_CLIENT_CA_FILE");

            RawHttp known = sidecar.https(ca.context(Optional.of(clients.issue("cron"))));
            assertThat(known.status("GET", "/list")).isEqualTo(200);
            backUp(known);

            Issued eve = strangers.issue("eve");
            RawHttp unknown = sidecar.https(ca.context(Optional.of(eve)));
            assertThat(isRefused(unknown))
                    .as("Java shows only what is asked for")
                    .isTrue();
            assertThat(curl(sidecar, eve)).as("no connection at all").isEqualTo("000");

            Files.copy(strangers.certificate(), accepted, StandardCopyOption.REPLACE_EXISTING);
            Awaitility.await("the other authority counts")
                    .atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> unknown.status("GET", "/list") == 200);
            assertThat(isRefused(known)).as("nor with a session of before").isTrue();
            assertThat(everyWay(sidecar, without, 403)).isEmpty();
        }
    }

    private static boolean isRefused(RawHttp client) {
        try {
            return client.status("GET", "/list") == 403;
        } catch (IOException e) {
            return true;
        }
    }

    /** The status that a client gets which shows its certificate whoever is asked for; 000 without an answer. */
    private static String curl(GuardedSidecar sidecar, Issued shown) throws IOException {
        Process curl = new ProcessBuilder(
                        "curl",
                        "--silent",
                        "--output",
                        "/dev/null",
                        "--write-out",
                        "%{http_code}",
                        "--noproxy",
                        "*",
                        "--cacert",
                        ca.certificate().toString(),
                        "--cert",
                        shown.certificate().toString(),
                        "--key",
                        shown.key().toString(),
                        "https://127.0.0.1:" + sidecar.port() + "/health/live")
                .start();
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** Takes a backup, after the one at the start. */
    private static void backUp(RawHttp client) {
        Awaitility.await("a backup").atMost(LIMIT).until(() -> client.status("POST", "/dump?sync=true") == 200);
    }

    @Test
    void usersAreAskedBesidesTheirCertificates() throws Exception {
        try (GuardedSidecar sidecar = start(Map.of(
                "MGNLBACKUP_TLS_CLIENT_CA_FILE",
                clients.certificate().toString(),
                "MGNLBACKUP_USERS",
                GuardedSidecar.users()))) {
            RawHttp known = sidecar.https(ca.context(Optional.of(clients.issue("cron"))));
            assertThat(known.status("GET", "/list")).isEqualTo(401);
            assertThat(known.status("GET", "/list", GuardedSidecar.bearer(Role.READ)))
                    .isEqualTo(200);
            assertThat(sidecar.https(client()).status("GET", "/list", GuardedSidecar.bearer(Role.ADMIN)))
                    .isEqualTo(403);
        }
    }

    @Test
    void theCertificateIsReplacedWhileADownloadGoesOn() throws Exception {
        Issued second = ca.issueRsa("second");
        Issued ending = ca.issue("ending", 2);
        try (LogLines log = LogLines.of("io.mgnlbackup.tls");
                GuardedSidecar sidecar = start(Map.of(
                        "MGNLBACKUP_GZIP_LEVEL",
                        "1",
                        "MGNLBACKUP_CMD",
                        "head",
                        "MGNLBACKUP_ARGS",
                        "-c 20000000 /dev/urandom"))) {
            RawHttp https = sidecar.https(client());
            backUp(https);
            String link = link(https.answer("GET", "/list", "Accept: application/json"));
            assertThat(link).startsWith("https://127.0.0.1:" + sidecar.port() + "/files/");
            try (SSLSocket download =
                    (SSLSocket) client().getSocketFactory().createSocket("127.0.0.1", sidecar.port())) {
                download.getOutputStream()
                        .write(("GET " + link.substring(link.indexOf("/files")) + " HTTP/1.0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                InputStream in = download.getInputStream();
                long bytes = in.readNBytes(1000).length;

                put(second);
                Awaitility.await("the second")
                        .atMost(LIMIT)
                        .ignoreException(SSLHandshakeException.class) // the server drops who comes while it changes
                        .until(() -> shown(sidecar, "TLSv1.3").equals("CN=second"));
                assertThat(shown(sidecar, "TLSv1.2")).isEqualTo("CN=second");
                Files.writeString(key, "nothing");
                Awaitility.await("a warning")
                        .atMost(LIMIT)
                        .until(() -> log.all().stream()
                                .anyMatch(line -> line.startsWith("WARN what was read before stays")));
                assertThat(shown(sidecar, "TLSv1.3")).isEqualTo("CN=second");
                put(ending);
                Awaitility.await("the third")
                        .atMost(LIMIT)
                        .ignoreException(SSLHandshakeException.class) // the server drops who comes while it changes
                        .until(() -> shown(sidecar, "TLSv1.3").equals("CN=ending"));
                Awaitility.await("its end is told")
                        .atMost(LIMIT)
                        .until(() -> log.all().stream()
                                .anyMatch(line ->
                                        line.startsWith("WARN the certificate of the port, 'CN=ending', ends at")));

                bytes += in.transferTo(java.io.OutputStream.nullOutputStream());
                assertThat(bytes).as("the download ends well").isGreaterThan(20_000_000);
            }
        }
    }

    private static String link(String answer) {
        Matcher link = Pattern.compile("\"link\":\"([^\"]+)\"").matcher(answer);
        assertThat(link.find()).as(answer).isTrue();
        return link.group(1);
    }
}
