package io.mgnlbackup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** Stands in front of servers on loopback: with TLS, or as the forward proxy of a company. */
public final class TlsFront implements AutoCloseable {

    private static final int MOST_HEAD_BYTES = 16 * 1024;

    private final ServerSocket server;
    private final List<String> tunnels = new CopyOnWriteArrayList<>();

    private TlsFront(ServerSocket server) {
        this.server = server;
    }

    /** Speaks TLS, and plain to the server behind. */
    public static TlsFront of(SSLContext context, URI behind) {
        try {
            TlsFront front = new TlsFront(
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            front.start(client -> join(client, connect(behind.getPort())));
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes tunnels for whoever says this name and password, and to these names only.
     *
     * @param ports where the names are really
     */
    public static TlsFront proxy(String login, Map<String, Integer> ports) {
        try {
            TlsFront front = new TlsFront(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            front.start(client -> front.tunnel(client, login, ports));
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** The tunnels that were asked for by somebody who may, as host and port. */
    public List<String> tunnels() {
        return List.copyOf(tunnels);
    }

    private interface Service {
        void serve(Socket client) throws IOException;
    }

    private void start(Service service) {
        thread(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                thread(() -> service.serve(client));
            }
        });
    }

    private void tunnel(Socket client, String login, Map<String, Integer> ports) throws IOException {
        String head = head(client.getInputStream());
        String answer =
                "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        String expected = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        Optional<Integer> port = Optional.empty();
        if (head.contains("Basic " + expected)) {
            String target = head.split(" ", -1)[1];
            tunnels.add(target);
            port = Optional.ofNullable(ports.get(target));
            answer = port.isPresent() ? "HTTP/1.1 200 Go\r\n\r\n" : "HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n";
        }
        client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        if (port.isPresent()) {
            join(client, connect(port.get()));
        } else {
            client.close();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < MOST_HEAD_BYTES) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void join(Socket one, Socket other) {
        thread(() -> copy(one, other));
        thread(() -> copy(other, one));
    }

    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void thread(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // the other side is gone, which is what tests do
                    }
                },
                "tls-front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
