package io.mgnlbackup.testing;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Stands between a client and an HTTP server on loopback, hands everything on byte for byte, and breaks what a test wants broken: see
 * {@link Fault}. Of HTTP/1.1 it knows where messages begin and end.
 */
public final class ChaosProxy implements AutoCloseable {

    private final int target;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile long pause;

    /** Listens on a free port for clients of this server. */
    public ChaosProxy(URI target) {
        this.target = target.getPort();
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread("chaos-accept", this::accept);
    }

    /** Where clients connect. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** From now on this goes wrong, beside what does already; of two faults that fit a request the older one hits it. */
    public Fault breaks(Fault fault) {
        faults.add(fault);
        return fault;
    }

    /** From now on, and nothing else: requests whose first line fits never reach the server and are answered with a status. */
    public void answer(Predicate<String> requestLine, int status, String body) {
        mend();
        breaks(Fault.answer(requestLine, status, body));
    }

    /** From now on, and nothing else: the connection of each request whose first line fits is lost after some bytes of its body. */
    public void lose(Predicate<String> requestLine, long bodyBytes) {
        mend();
        breaks(Fault.loseRequest(requestLine, bodyBytes));
    }

    /** From now on there is no server: connections break, new ones too. */
    public void cut() {
        cut = true;
        loseConnections();
    }

    /** All connections that there are now break. */
    public void loseConnections() {
        open.forEach(ChaosProxy::closeQuietly);
    }

    /** From now on every piece of every request waits a little. */
    public void slow(long pauseMs) {
        pause = pauseMs;
    }

    /** Everything works again; what waited goes on. */
    public void heal() {
        mend();
        cut = false;
        pause = 0;
    }

    private void mend() {
        faults.forEach(Fault::release);
        faults.clear();
    }

    /** The first lines of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Counts a request, and gives what is to go wrong with it. */
    Optional<Fault> meet(String line) {
        requests.add(line);
        return faults.stream().filter(fault -> fault.meets(line)).findFirst();
    }

    /** The stream, or one that waits before each piece. */
    OutputStream paced(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (pause > 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
                }
                out.write(bytes, offset, length);
            }
        };
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (cut) {
                    client.close();
                } else {
                    thread("chaos", () -> serve(client));
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            if (cut) {
                return;
            }
            ChaosConnection connection = new ChaosConnection(this, client, server);
            thread("chaos-answers", connection::answers);
            connection.requests();
            open.remove(server);
        } catch (IOException e) {
            // The server is away: the client notices.
        } finally {
            open.remove(client);
        }
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
        closeQuietly(listener);
        cut();
        faults.forEach(Fault::drop);
    }
}
