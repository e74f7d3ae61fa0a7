package io.mgnlbackup.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and an HTTP server on loopback, hands everything on byte for byte, and breaks what a test wants broken.
 * It reads no more of HTTP/1.1 than where a request with a known length begins and ends.
 */
public final class ChaosProxy implements AutoCloseable {

    private static final int COPY_BYTES = 16 * 1024;

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable Fault fault;
    private volatile @Nullable CutAnswers cutAnswers;
    private volatile boolean cut;
    private volatile long pause;

    /** What happens to requests whose first line fits: they get an answer of the proxy, or no answer at all after so many bytes of their body. */
    private record Fault(Predicate<String> requestLine, String answer, long bodyBytes) {}

    private record CutAnswers(Predicate<String> requestLine, long bytes) {}

    /** Listens on a free port for clients of this server. */
    public ChaosProxy(URI target) {
        this.target = target.getPort();
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread("chaos-accept", this::accept);
    }

    /** Where clients connect. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on, requests whose first line fits never reach the server and are answered with a status. */
    public void answer(Predicate<String> requestLine, int status, String body) {
        fault = new Fault(
                requestLine,
                "HTTP/1.1 %d Chaos\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(status, body.length(), body),
                0);
    }

    /** From now on, the connection of each request whose first line fits is lost after some bytes of its body. */
    public void lose(Predicate<String> requestLine, long bodyBytes) {
        fault = new Fault(requestLine, "", bodyBytes);
    }

    /** From now on, the connection of each request whose first line fits is lost after some bytes of its answer. */
    public void cutAnswers(Predicate<String> requestLine, long answerBytes) {
        cutAnswers = new CutAnswers(requestLine, answerBytes);
    }

    /** From now on there is no server: connections break, new ones too. */
    public void cut() {
        cut = true;
        open.forEach(ChaosProxy::closeQuietly);
    }

    /** From now on every piece of every request waits a little. */
    public void slow(long pauseMs) {
        pause = pauseMs;
    }

    /** Everything works again. */
    public void heal() {
        fault = null;
        cutAnswers = null;
        cut = false;
        pause = 0;
    }

    /** The first lines of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (cut) {
                    client.close();
                } else {
                    open.add(client);
                    thread("chaos", () -> serve(client));
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket backend = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(backend);
            AtomicLong answerLeft = new AtomicLong(Long.MAX_VALUE);
            thread("chaos-answers", () -> answers(backend, client, answerLeft));
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = backend.getOutputStream();
            for (Optional<String> head = head(in); head.isPresent(); head = head(in)) {
                CutAnswers cutting = cutAnswers;
                if (cutting != null && cutting.requestLine().test(firstLine(head.get()))) {
                    answerLeft.set(cutting.bytes());
                }
                if (!handOn(head.get(), in, out, client)) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side went away: the other one notices.
        } finally {
            open.remove(client);
        }
    }

    private static String firstLine(String head) {
        return head.substring(0, head.indexOf('\r'));
    }

    /** Hands on one request; false when its connection is lost. */
    private boolean handOn(String head, InputStream in, OutputStream out, Socket client) throws IOException {
        String line = firstLine(head);
        requests.add(line);
        Fault now = fault;
        boolean hit = now != null && now.requestLine().test(line);
        if (hit && now != null && !now.answer().isEmpty()) {
            copy(in, OutputStream.nullOutputStream(), length(head));
            client.getOutputStream().write(now.answer().getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
            return false;
        }
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        copy(in, out, hit && now != null ? Math.min(now.bodyBytes(), length(head)) : length(head));
        return !hit;
    }

    private void answers(Socket backend, Socket client, AtomicLong left) {
        try (backend;
                client) {
            InputStream in = backend.getInputStream();
            byte[] buffer = new byte[COPY_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                client.getOutputStream().write(buffer, 0, (int) Math.min(count, left.get()));
                client.getOutputStream().flush();
                if (left.addAndGet(-count) < 0) {
                    return;
                }
            }
        } catch (IOException e) {
            // One side went away: the other one notices.
        } finally {
            open.remove(backend);
        }
    }

    private static Optional<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    private static long length(String head) {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToLong(line -> Long.parseLong(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    private void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[COPY_BYTES];
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IOException("the client went away");
            }
            if (pause > 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            }
            out.write(buffer, 0, count);
            left -= count;
        }
        out.flush();
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        closeQuietly(server);
        cut();
    }
}
