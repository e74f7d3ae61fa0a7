package io.mgnlbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * A real Chromium without a window, driven through its own driver (W3C, "WebDriver"): as much of the protocol as the tests need, so that no
 * client library with its own HTTP stack comes along.
 */
public final class Browser implements AutoCloseable {

    /** The key under which WebDriver hands out elements. */
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final URI base;
    private final String session;
    private final Path log;

    /** A browser as most people have it. */
    public static Browser start() {
        return new Browser(options -> {});
    }

    /** One in which scripts of pages do not run. */
    public static Browser withoutJavaScript() {
        return new Browser(
                options -> options.putObject("prefs").put("profile.managed_default_content_settings.javascript", 2));
    }

    /** One of a person who likes it dark. */
    public static Browser dark() {
        return new Browser(options -> options.withArray("args").add("--blink-settings=preferredColorScheme=0"));
    }

    /** One on a phone, 375 points wide. */
    public static Browser phone() {
        return new Browser(options -> options.putObject("mobileEmulation")
                .putObject("deviceMetrics")
                .put("width", 375)
                .put("height", 812)
                .put("pixelRatio", 2.0));
    }

    private Browser(Consumer<ObjectNode> look) {
        int port = FreePort.find();
        base = URI.create("http://127.0.0.1:" + port + "/session");
        try {
            log = Files.createTempFile("chromedriver-", ".log");
            driver = new ProcessBuilder("chromedriver", "--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "chromedriver cannot be started: apt-get install chromium chromium-driver", e);
        }
        Awaitility.await("chromedriver answers").atMost(Duration.ofSeconds(30)).until(() -> isReady(port));
        session = session(look);
    }

    private boolean isReady(int port) {
        try {
            return send("GET", URI.create("http://127.0.0.1:" + port + "/status"), "")
                    .path("ready")
                    .asBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private String session(Consumer<ObjectNode> look) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode options =
                request.putObject("capabilities").putObject("alwaysMatch").putObject("goog:chromeOptions");
        options.putArray("args").add("--headless=new").add("--no-sandbox").add("--disable-gpu");
        look.accept(options);
        return send("POST", base, request.toString()).path("sessionId").asText();
    }

    /** Opens a page and waits until it is loaded. */
    public void open(URI page) {
        post("/url", JSON.createObjectNode().put("url", page.toString()));
    }

    /** Where it is now. */
    public URI url() {
        return URI.create(get("/url").asText());
    }

    /** What a person sees of the first element that a CSS selector finds; fails if there is none. */
    public String text(String selector) {
        return get("/element/" + find(selector) + "/text").asText();
    }

    /** What a person sees of every element that a CSS selector finds. */
    public List<String> texts(String selector) {
        List<String> texts = new ArrayList<>();
        post("/elements", using(selector))
                .forEach(element ->
                        texts.add(get("/element/" + element.path(ELEMENT).asText() + "/text")
                                .asText()));
        return texts;
    }

    /** An attribute, empty when it is absent. */
    public String attribute(String selector, String name) {
        JsonNode value = get("/element/" + find(selector) + "/attribute/" + name);
        return value.isNull() ? "" : value.asText();
    }

    /** Clicks, and waits for a page that it leads to. */
    public void click(String selector) {
        post("/element/" + find(selector) + "/click", JSON.createObjectNode());
    }

    /** Types into a field in place of what is there; a line feed is the key Enter. */
    public void type(String selector, String text) {
        String field = find(selector);
        post("/element/" + field + "/clear", JSON.createObjectNode());
        post("/element/" + field + "/value", JSON.createObjectNode().put("text", text));
    }

    /** Runs a script that calls its last argument with its answer, whatever the page allows. */
    public JsonNode run(String script) {
        ObjectNode request = JSON.createObjectNode().put("script", script);
        request.putArray("args");
        return post("/execute/async", request);
    }

    /** Saves a picture of the window. */
    public void screenshot(Path file) {
        try {
            Files.write(file, Base64.getDecoder().decode(get("/screenshot").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String find(String selector) {
        return post("/element", using(selector)).path(ELEMENT).asText();
    }

    private static ObjectNode using(String selector) {
        return JSON.createObjectNode().put("using", "css selector").put("value", selector);
    }

    private JsonNode get(String path) {
        return send("GET", URI.create(base + "/" + session + path), "");
    }

    private JsonNode post(String path, ObjectNode body) {
        return send("POST", URI.create(base + "/" + session + path), body.toString());
    }

    private JsonNode send(String method, URI uri, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode value = JSON.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new AssertionError(method + " " + uri.getPath() + " " + body + "\n"
                        + value.path("message").asText());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            send("DELETE", URI.create(base + "/" + session), "");
        } finally {
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroyForcibly();
            if (!log.toFile().delete()) {
                log.toFile().deleteOnExit();
            }
        }
    }
}
