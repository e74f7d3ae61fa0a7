package io.mgnlbackup.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mgnlbackup.config.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The JSON API of Google Cloud Storage on loopback, as strict as the documentation, with the services around it: OAuth tokens, the
 * metadata server, IAM's {@code signBlob}, signed links. It checks every signature and token, shows objects only when their upload is
 * finished, and breaks what a test wants broken. Bytes are in files.
 */
public final class GcsServer implements AutoCloseable {

    /** The project that it lets make buckets. */
    public static final String PROJECT = "shop-123";

    /** The smallest chunks that it takes. */
    public static final int CHUNK_BYTES = 256 * 1024;

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final GcsIdentity identity = new GcsIdentity();
    private final GcsObjects objects;
    private final List<GcsFault> faults = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final GcsBuckets buckets;
    private final GcsUploads uploads;

    /** Starts a server without buckets on a free port. */
    public GcsServer() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            folder = Files.createTempDirectory("gcs-server");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        objects = new GcsObjects(folder);
        buckets = new GcsBuckets(objects);
        uploads = new GcsUploads(objects, endpoint());
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** Where everything answers: storage, tokens, IAM. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Where the metadata server answers, as {@code GCE_METADATA_HOST} has it. */
    public String metadataHost() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** A key file of the one service account. */
    public Path keyFile() {
        return identity.writeKeyFile(folder.resolve("key.json"), endpoint(), true);
    }

    /** The same with a key that the account has not. */
    public Path wrongKeyFile() {
        return identity.writeKeyFile(folder.resolve("wrong-key.json"), endpoint(), false);
    }

    /** Settings for a bucket here, with chunks of this size. */
    public StoreSettings.Gcs settings(String bucket, int chunkBytes) {
        return settings(bucket, chunkBytes, Optional.of(keyFile()));
    }

    /** The same with another key file, or none. */
    public StoreSettings.Gcs settings(String bucket, int chunkBytes, Optional<Path> keyFile) {
        return new StoreSettings.Gcs(
                PROJECT,
                bucket,
                "EUROPE-WEST6",
                "region",
                keyFile,
                Optional.of(endpoint()),
                Optional.of(endpoint()),
                chunkBytes);
    }

    /** Settings of a sidecar for a bucket that is reached through an endpoint, by their variables. */
    public Map<String, String> variables(String bucket, URI through) {
        return Map.of(
                "GCS_PROJECTID",
                PROJECT,
                "BUCKET",
                bucket,
                "GCS_ENDPOINT",
                through.toString(),
                "GCS_CHUNK_SIZE",
                "1MiB",
                "=GOOGLE_APPLICATION_CREDENTIALS",
                keyFile().toString());
    }

    /** From now on this goes wrong, too. */
    public GcsFault breaks(GcsFault fault) {
        faults.add(fault);
        return fault;
    }

    /** Everything works again. */
    public void heal() {
        faults.clear();
    }

    /** From now on no token is known any more. */
    public void forgetTokens() {
        identity.forgetTokens();
    }

    /** From now on, objects of this name cannot be deleted. */
    public void lock(String name) {
        buckets.lock(name);
    }

    /** All requests so far: method, URI and {@code Content-Range}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Where a client wanted a bucket to be made; empty where nobody made it. */
    public Optional<String> location(String bucket) {
        return buckets.location(bucket);
    }

    /** The names of the objects in a bucket. */
    public List<String> names(String bucket) {
        return objects.list(bucket, "", "", Integer.MAX_VALUE).stream()
                .map(GcsObjects.Stored::name)
                .toList();
    }

    /** The size of an object. */
    public Optional<Long> size(String bucket, String name) {
        return objects.find(bucket, name).map(GcsObjects.Stored::size);
    }

    /** The file that holds the bytes of an object. */
    public Path file(String bucket, String name) {
        return objects.find(bucket, name).orElseThrow().file();
    }

    /** The names of the objects whose upload neither ended nor was cancelled. */
    public List<String> unfinished() {
        return objects.unfinished();
    }

    /** Puts an object with metadata, as another program would. */
    public void put(String bucket, String name, byte[] bytes, Map<String, String> metadata) {
        try {
            GcsObjects.Session session = objects.begin(bucket, name, metadata, GcsObjects.Precondition.NONE);
            session.append(new java.io.ByteArrayInputStream(bytes), Long.MAX_VALUE);
            objects.finish(session);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Range"))
                        .orElse("");
        requests.add(line.strip());
        GcsCall call = new GcsCall(exchange, hitting(line));
        try {
            if (call.has(GcsFault.Kind.STATUS) && call.fault != null) {
                call.error(call.fault.status, reason(call.fault.status), "as an example");
                return;
            }
            if (call.has(GcsFault.Kind.DELAY) && call.fault != null) {
                LockSupport.parkNanos(call.fault.status * 1_000_000L);
            }
            route(call);
        } catch (RuntimeException e) {
            call.error(500, "backendError", e.toString());
        } finally {
            exchange.close();
        }
    }

    private @Nullable GcsFault hitting(String line) {
        return faults.stream().filter(fault -> fault.hits(line)).findFirst().orElse(null);
    }

    static String reason(int status) {
        return switch (status) {
            case 401 -> "authError";
            case 403 -> "forbidden";
            case 404 -> "notFound";
            case 412 -> "conditionNotMet";
            case 429 -> "rateLimitExceeded";
            default -> "backendError";
        };
    }

    private void route(GcsCall call) throws IOException {
        if (call.path.equals("/token")) {
            identity.token(call, endpoint());
        } else if (call.path.equals("/") || call.path.startsWith("/computeMetadata/")) {
            identity.metadata(call);
        } else if (call.query.containsKey("X-Goog-Signature")) {
            linked(call);
        } else if (call.path.equals("/batch/storage/v1")) {
            new GcsBatch(buckets, identity).handle(call);
        } else if (!identity.knows(call.header("Authorization").orElse(""))) {
            call.error(401, "authError", "Invalid Credentials");
        } else if (call.path.startsWith("/v1/projects/")) {
            identity.signBlob(call);
        } else if (call.path.startsWith("/upload/storage/v1/b/")) {
            uploads.handle(call, call.path.split("/", -1)[5]);
        } else {
            buckets.handle(call);
        }
    }

    private void linked(GcsCall call) throws IOException {
        String[] parts = call.path.split("/", 3);
        if (!call.method.equals("GET") || parts.length < 3 || !identity.allows(call)) {
            call.error(403, "forbidden", "SignatureDoesNotMatch or ExpiredToken");
            return;
        }
        buckets.download(call, parts[1], GcsCall.decodePath(parts[2]));
    }

    /** The resource of an object. */
    static ObjectNode json(GcsObjects.Stored object) {
        ObjectNode json = GcsCall.JSON
                .createObjectNode()
                .put("kind", "storage#object")
                .put("bucket", object.bucket())
                .put("name", object.name())
                .put("generation", Long.toString(object.generation()))
                .put("metageneration", "1")
                .put("size", Long.toString(object.size()))
                .put("crc32c", object.crc32c())
                .put("md5Hash", object.md5())
                .put("etag", "etag" + object.generation())
                .put("timeCreated", object.created().toString())
                .put("updated", object.created().toString())
                .put("storageClass", "STANDARD");
        if (!object.metadata().isEmpty()) {
            ObjectNode metadata = json.putObject("metadata");
            object.metadata().forEach(metadata::put);
        }
        return json;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        Folder.delete(folder);
    }
}
