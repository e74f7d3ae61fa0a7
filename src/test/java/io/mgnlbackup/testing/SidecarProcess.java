package io.mgnlbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The sidecar as users run it: the launcher, in a process of its own, on a free port. Everything that it prints is in one file. */
public final class SidecarProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("patience", 60));

    private final Process process;
    private final Path log;
    private final int port;
    private final String scheme;
    private final HttpClient http;

    private SidecarProcess(Process process, Path log, int port, Optional<SSLContext> tls) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.scheme = tls.isPresent() ? "https" : "http";
        HttpClient.Builder client = HttpClient.newBuilder();
        tls.ifPresent(client::sslContext);
        this.http = client.build();
    }

    /** Starts a sidecar whose settings say that it speaks TLS, as it is spoken to then. */
    public static SidecarProcess startWithTls(Path folder, Map<String, String> settings, SSLContext tls) {
        SidecarProcess sidecar = launch(folder, settings, Optional.of(tls));
        sidecar.awaitUp();
        return sidecar;
    }

    /** Starts a sidecar with settings by their variables, without {@code MGNLBACKUP_}, and waits until it answers. */
    public static SidecarProcess start(Path folder, Map<String, String> settings, String... arguments) {
        SidecarProcess sidecar = launch(folder, settings, arguments);
        try {
            sidecar.awaitUp();
            return sidecar;
        } catch (RuntimeException | Error e) {
            sidecar.close();
            throw e;
        }
    }

    /** The same without waiting. */
    public static SidecarProcess launch(Path folder, Map<String, String> settings, String... arguments) {
        return launch(folder, settings, Optional.empty(), arguments);
    }

    private static SidecarProcess launch(
            Path folder, Map<String, String> settings, Optional<SSLContext> tls, String... arguments) {
        int port = FreePort.find();
        Path log = folder.resolve("sidecar-" + port + ".log");
        List<String> command =
                new ArrayList<>(List.of(Path.of("mgnlbackup").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MGNLBACKUP_") || name.startsWith("AWS_"));
        environment.put("MGNLBACKUP_ADDRESS", "127.0.0.1:" + port);
        settings.forEach((name, value) -> environment.put(variable(name), value));
        try {
            return new SidecarProcess(builder.start(), log, port, tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A setting's variable; names with lower case or without a home in our scheme are taken as they are, after a {@code =}. */
    private static String variable(String name) {
        return name.startsWith("=") ? name.substring(1) : "MGNLBACKUP_" + name;
    }

    /** Settings of a sidecar that dumps with a shell script into a folder, and only when it is asked. */
    public static Map<String, String> shellDump(Path store, String script) {
        return settings(Map.of("FILE_DIR", store.toString()), script);
    }

    /** Settings of a sidecar that dumps with a shell script, and only when it is asked, into the store that other settings name. */
    public static Map<String, String> settings(Map<String, String> store, String script) {
        Map<String, String> settings = new HashMap<>(store);
        settings.put("CMD", "sh");
        settings.put("ARGS", "-c '" + script.replace("'", "'\\''") + "'");
        settings.put("CRON", "0 0 29 2 *");
        settings.put("PREFIX", "test");
        settings.put("HERITAGE", "tests");
        return settings;
    }

    private void awaitUp() {
        Awaitility.await("the sidecar answers, log: " + log).atMost(LIMIT).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the sidecar ended with " + process.exitValue() + ":\n" + log());
            }
            return answers();
        });
    }

    private boolean answers() {
        try {
            return get("/health/live").statusCode() == 200;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                return false;
            }
            throw e;
        }
    }

    /** Where it answers. */
    public URI uri(String path) {
        return URI.create(scheme + "://127.0.0.1:" + port + path);
    }

    public int port() {
        return port;
    }

    public Process process() {
        return process;
    }

    /** Everything printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer to GET. */
    public HttpResponse<String> get(String path) {
        return send("GET", path, Map.of(), "");
    }

    /** An answer to any request. */
    public HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofMinutes(5))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Takes a backup and waits for its end. */
    public HttpResponse<String> dump() {
        return send("POST", "/dump?sync=true", Map.of(), "");
    }

    /** What {@code /list} shows. */
    public List<JsonNode> list() {
        List<JsonNode> entries = new ArrayList<>();
        json(send("GET", "/list", Map.of("Accept", "application/json"), "")).forEach(entries::add);
        return entries;
    }

    /** The value of a metric without labels. */
    public double metric(String name) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric '" + name + "'"));
    }

    /** The body of an answer as JSON. */
    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    /** Waits until a condition holds, and shows the log when it does not. */
    public void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Awaitility.await(what).atMost(LIMIT).until(condition);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\n" + log(), e);
        }
    }

    /** SIGTERM, then waits for the end. */
    public int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** SIGKILL, then waits for the end; its children live on. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Waits for the end and gives the exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the sidecar does not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> tree = process.descendants().toList();
        @Nullable ProcessHandle self = process.toHandle();
        self.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }
}
