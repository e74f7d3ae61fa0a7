package io.mgnlbackup.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends a server on loopback the very bytes that a test wants sent, where a client would tidy them up.
 *
 * @param from the address of the client, such as 127.0.0.2
 * @param tls what makes connections with TLS; empty for plain HTTP
 */
public record RawHttp(int port, String from, Optional<SSLSocketFactory> tls) {

    private static final int TIMEOUT_MS = 30_000;
    private static final int MOST_BYTES = 64 * 1024;

    /** A client at the address that everybody has. */
    public RawHttp(int port) {
        this(port, "127.0.0.1");
    }

    /** A client at an address of its own. */
    public RawHttp(int port, String from) {
        this(port, from, Optional.empty());
    }

    /** The status of the answer to a request without a body; it does not wait for the end of the answer. */
    public int status(String method, String target, String... headers) throws IOException {
        return status(request(method, target, headers));
    }

    /** The status of the answer to these bytes. */
    public int status(String request) throws IOException {
        String line = exchange(request, "\r\n");
        if (!line.startsWith("HTTP/1.")) {
            throw new IOException("no answer to: " + request);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    /** The answer as it is, at most its first {@value #MOST_BYTES} bytes. */
    public String answer(String method, String target, String... headers) throws IOException {
        return raw(request(method, target, headers));
    }

    /** The same to a request with these very bytes, which has to ask for the end of the connection. */
    public String raw(String request) throws IOException {
        return exchange(request, "\u0000");
    }

    private static String request(String method, String target, String... headers) {
        StringBuilder request =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    private Socket connect() throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
        return tls.isPresent() ? tls.get().createSocket(plain, "127.0.0.1", port, true) : plain;
    }

    /** Reads until these characters have come, or the end. */
    private String exchange(String request, String until) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            for (int count = in.read(buffer); count >= 0 && answer.size() < MOST_BYTES; count = in.read(buffer)) {
                answer.write(buffer, 0, count);
                if (answer.toString(StandardCharsets.UTF_8).contains(until)) {
                    break;
                }
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
