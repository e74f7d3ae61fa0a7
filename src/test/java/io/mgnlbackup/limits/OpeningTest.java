package io.mgnlbackup.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of a server that listens, and has nobody yet to answer. */
class OpeningTest {

    private static final int BODY = 3_000_000;
    private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + BODY + "\r\n\r\n";

    private final Opening opening = new Opening();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private Vertx vertx;
    private HttpServer server;

    @BeforeEach
    void listen() {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    opening.connected(((HttpServerConnection) connection).channel(), "handler");
                    connected.incrementAndGet();
                })
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** With the number of bytes of the body. */
    private void answer(HttpServerRequest request) {
        asked.incrementAndGet();
        request.body().onSuccess(body -> request.response().end(body.length() + "!"));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next != -1;
                next = socket.getInputStream().read()) {
            answer.append((char) next);
            if (next == '!') {
                break;
            }
        }
        return answer.toString();
    }

    @Test
    void whoAsksBeforeWaitsAndIsAnsweredThen() throws Exception {
        try (Socket one = connect();
                Socket two = connect()) {
            send(one, GET);
            send(two, GET + GET);
            one.setSoTimeout(300);
            assertThatThrownBy(() -> answer(one)).isInstanceOf(SocketTimeoutException.class);
            assertThat(asked).hasValue(0);
            opening.open();
            one.setSoTimeout(30_000);
            assertThat(answer(one)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n0!");
            assertThat(answer(two)).startsWith("HTTP/1.1 200");
            assertThat(answer(two)).startsWith("HTTP/1.1 200");
            send(one, GET);
            assertThat(answer(one)).as("on the same connection").startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyStaysWithTheClientUntilThen() throws Exception {
        try (Socket socket = connect()) {
            send(socket, POST);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    socket.getOutputStream().write(new byte[BODY]);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await().until(() -> connected.get() == 1);
            opening.open();
            assertThat(answer(socket)).endsWith("\r\n\r\n" + BODY + "!");
            sent.join();
        }
    }

    @Test
    void whoHasGoneIsNotAsked() throws Exception {
        try (Socket socket = connect()) {
            send(socket, GET);
            Awaitility.await().until(() -> connected.get() == 1);
            server.close().toCompletionStage().toCompletableFuture().join();
            assertThat(answer(socket)).isEmpty();
        }
        assertThat(opening.waiting()).isZero();
        opening.open();
        assertThat(asked).hasValue(0);
    }

    @Test
    void whoComesLaterDoesNotWait() throws Exception {
        opening.open();
        try (Socket socket = connect()) {
            send(socket, GET);
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
    }
}
