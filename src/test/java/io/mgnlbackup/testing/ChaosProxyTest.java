package io.mgnlbackup.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault happens, to the request that it is meant for and to no other, and is counted. */
class ChaosProxyTest {

    private static final Predicate<String> PUT = Pattern.compile("^PUT").asPredicate();
    private static final Predicate<String> GET = Pattern.compile("^GET").asPredicate();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BYTES = 100_000;

    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private ChaosProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
        proxy = new ChaosProxy(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Keeps what it is sent, and answers it; chunked where the path says so. */
    private void serve(HttpExchange exchange) throws IOException {
        byte[] body;
        try {
            body = exchange.getRequestBody().readAllBytes();
        } catch (IOException e) {
            exchange.close();
            return;
        }
        if (exchange.getRequestMethod().equals("PUT")) {
            received.add(body);
        }
        byte[] answer = exchange.getRequestMethod().equals("GET") ? TestPayload.bytes(BYTES) : new byte[] {'o', 'k'};
        boolean chunked = exchange.getRequestURI().getPath().contains("chunked");
        exchange.sendResponseHeaders(200, chunked ? 0 : answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    /** A client over one connection, which tries nothing again. */
    private final class Client implements AutoCloseable {

        private final Socket socket;

        Client() throws IOException {
            socket = new Socket(
                    InetAddress.getLoopbackAddress(), proxy.endpoint().getPort());
            socket.setSoTimeout((int) LIMIT.toMillis());
        }

        Client impatient() throws IOException {
            socket.setSoTimeout(300);
            return this;
        }

        void put(byte[] body) throws IOException {
            send("PUT /object HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n", body);
        }

        void get(String path) throws IOException {
            send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n", new byte[0]);
        }

        void send(String head, byte[] body) throws IOException {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
        }

        HttpHead head() throws IOException {
            return HttpHead.read(socket.getInputStream()).orElseThrow(() -> new IOException("closed"));
        }

        byte[] body(HttpHead head) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            head.copyAnswerBody("GET", socket.getInputStream(), OutputStream.nullOutputStream(), body);
            return body.toByteArray();
        }

        String answer() throws IOException {
            HttpHead head = head();
            return head.status() + " " + new String(body(head), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private String put() throws IOException {
        try (Client client = new Client()) {
            client.put(TestPayload.bytes(BYTES));
            return client.answer();
        }
    }

    private byte[] get(String path) throws IOException {
        try (Client client = new Client()) {
            client.get(path);
            return client.body(client.head());
        }
    }

    private void assertWhole(int count) {
        assertThat(received).hasSize(count).allSatisfy(body -> assertThat(body).isEqualTo(TestPayload.bytes(BYTES)));
    }

    @Test
    void nothingIsChangedWithoutAFault() throws IOException {
        try (Client client = new Client()) {
            client.put(TestPayload.bytes(BYTES));
            assertThat(client.answer()).isEqualTo("200 ok");
            client.send(
                    "PUT /object HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.answer()).isEqualTo("200 ok");
            for (String path : List.of("/object", "/chunked")) {
                client.get(path);
                assertThat(client.body(client.head())).as(path).isEqualTo(TestPayload.bytes(BYTES));
            }
        }
        assertThat(received)
                .containsExactly(TestPayload.bytes(BYTES), "hello world".getBytes(StandardCharsets.US_ASCII));
        assertThat(proxy.requests())
                .containsExactly(
                        "PUT /object HTTP/1.1",
                        "PUT /object HTTP/1.1",
                        "GET /object HTTP/1.1",
                        "GET /chunked HTTP/1.1");
    }

    @Test
    void aBodyThatWaitsToBeAskedForIsAskedForOnce() throws IOException {
        try (Client client = new Client()) {
            client.send("PUT /o HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", new byte[0]);
            assertThat(client.head().status()).isEqualTo(100);
            client.send("", new byte[] {1, 2});
            assertThat(client.answer()).isEqualTo("200 ok");
            Fault fault = proxy.breaks(Fault.error(PUT, 503, "SlowDown"));
            client.send("PUT /o HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n", new byte[0]);
            assertThat(client.answer()).startsWith("503 ").contains("<Code>SlowDown</Code>");
            assertThat(fault.hits()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 200})
    void answersInThePlaceOfTheServer(int status) throws IOException {
        Fault fault =
                proxy.breaks(Fault.error(PUT, status, "InternalError").after(1).times(1));
        assertThat(put()).isEqualTo("200 ok");
        assertThat(put()).startsWith(status + " ").contains("<Error><Code>InternalError</Code>");
        assertThat(put()).isEqualTo("200 ok");
        assertWhole(2);
        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void saysThatWhatWasDoneFailed() throws IOException {
        proxy.breaks(Fault.errorThoughDone(PUT, 500, "InternalError"));
        assertThat(put()).startsWith("500 ").contains("<Code>InternalError</Code>");
        assertWhole(1);
    }

    @Test
    void losesARequestHalfWay() throws IOException {
        proxy.breaks(Fault.loseRequest(PUT, 50_000).times(1));
        assertThatThrownBy(this::put).isInstanceOf(IOException.class);
        assertThat(put()).isEqualTo("200 ok");
        assertWhole(1);
    }

    @Test
    void losesAnAnswer() throws IOException {
        proxy.breaks(Fault.loseAnswer(PUT));
        assertThatThrownBy(this::put).isInstanceOf(IOException.class);
        assertWhole(1);
    }

    @Test
    void holdsARequestBeforeTheServerSeesIt() throws IOException {
        Fault hold = proxy.breaks(Fault.holdRequest(PUT));
        try (Client client = new Client()) {
            client.put(TestPayload.bytes(BYTES));
            assertThat(hold.awaitHit(LIMIT)).isTrue();
            assertThat(received).isEmpty();
            hold.release();
            assertThat(client.answer()).isEqualTo("200 ok");
        }
        assertWhole(1);
    }

    @Test
    void aRequestThatWasHeldAndDroppedNeverArrives() throws IOException {
        Fault hold = proxy.breaks(Fault.holdRequest(PUT));
        try (Client client = new Client()) {
            client.put(TestPayload.bytes(BYTES));
            assertThat(hold.awaitHit(LIMIT)).isTrue();
            hold.drop();
            assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void holdsAnAnswerAfterTheServerHasDoneItsWork() throws IOException {
        Fault hold = proxy.breaks(Fault.holdAnswer(PUT));
        try (Client client = new Client().impatient()) {
            client.put(TestPayload.bytes(BYTES));
            assertThat(hold.awaitHit(LIMIT)).isTrue();
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertWhole(1));
            assertThatThrownBy(client::answer).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void takesNoMoreThanAPieceOfARequest() throws IOException {
        Fault stall = proxy.breaks(Fault.stallRequest(PUT, 50_000));
        try (Client client = new Client().impatient()) {
            client.put(TestPayload.bytes(BYTES));
            assertThatThrownBy(client::answer).isInstanceOf(SocketTimeoutException.class);
            assertThat(received).isEmpty();
            stall.release();
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertWhole(1));
        }
    }

    @Test
    void shortensABodyAndSaysSo() throws IOException {
        proxy.breaks(Fault.shortenRequest(PUT, 50_000));
        assertThat(put()).isEqualTo("200 ok");
        assertThat(received).containsExactly(TestPayload.bytes(50_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/object", "/chunked"})
    void cutsAnAnswerShort(String path) {
        proxy.breaks(Fault.cutAnswer(GET, 50_000));
        assertThatThrownBy(() -> get(path)).isInstanceOf(IOException.class);
    }

    @Test
    void changesOneBitOfARequest() throws IOException {
        proxy.breaks(Fault.flipRequest(PUT, 50_000));
        put();
        assertThat(received).hasSize(1);
        assertOneBit(received.get(0));
    }

    @Test
    void changesOneBitOfAnAnswer() throws IOException {
        proxy.breaks(Fault.flipAnswer(GET, 50_000));
        assertOneBit(get("/object"));
    }

    private static void assertOneBit(byte[] bytes) {
        byte[] expected = TestPayload.bytes(BYTES);
        assertThat(bytes).isNotEqualTo(expected);
        expected[50_000] ^= 1;
        assertThat(bytes).isEqualTo(expected);
    }

    @Test
    void isSlow() throws IOException {
        proxy.breaks(Fault.slow(PUT, BYTES * 2));
        long before = System.nanoTime();
        assertThat(put()).isEqualTo("200 ok");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(400));
        assertWhole(1);
    }

    @Test
    void closesAConnectionThatIsIdle() throws IOException {
        proxy.breaks(Fault.closeWhenIdle(PUT));
        try (Client client = new Client()) {
            client.put(TestPayload.bytes(BYTES));
            assertThat(client.answer()).isEqualTo("200 ok");
            assertThat(HttpHead.read(client.socket.getInputStream())).isEqualTo(Optional.empty());
        }
    }

    @Test
    void losesAConnectionWhenItIsUsedAgain() throws IOException {
        Fault fault = proxy.breaks(Fault.loseWhenUsedAgain(PUT).times(1));
        try (Client client = new Client()) {
            client.put(TestPayload.bytes(BYTES));
            assertThat(client.answer()).isEqualTo("200 ok");
            assertThat(fault.hasHappened()).isFalse();
            assertThatThrownBy(() -> {
                        client.put(TestPayload.bytes(BYTES));
                        client.answer();
                    })
                    .isInstanceOf(IOException.class);
            assertThat(fault.hasHappened()).isTrue();
        }
        assertWhole(1);
    }

    @Test
    void thereIsNoServerUntilItIsHealed() throws IOException {
        try (Client client = new Client()) {
            client.put(TestPayload.bytes(BYTES));
            assertThat(client.answer()).isEqualTo("200 ok");
            proxy.cut();
            assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(this::put).isInstanceOf(IOException.class);
        proxy.heal();
        assertThat(put()).isEqualTo("200 ok");
    }
}
