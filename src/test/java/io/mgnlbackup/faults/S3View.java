package io.mgnlbackup.faults;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.s3.S3Clients;
import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.S3Server;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** A bucket; the sidecar reaches it through a proxy, we do not. */
final class S3View implements OutsideView {

    /** S3Proxy writes a file of such a name before the object's own, and lists it. */
    private static final Pattern ON_ITS_WAY = Pattern.compile("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

    private final String bucket;
    private final S3Client client;
    private final URI server;
    private ChaosProxy line;

    S3View(S3Server server, String bucket) {
        StoreSettings.S3 settings = server.settings(bucket);
        this.bucket = bucket;
        client = S3Clients.client(settings);
        client.createBucket(create -> create.bucket(bucket));
        this.server = server.endpoint();
        line = new ChaosProxy(this.server);
    }

    @Override
    public Map<String, String> variables() {
        return S3Server.variables(bucket, line.endpoint());
    }

    @Override
    public SortedMap<String, String> objects() {
        SortedMap<String, String> objects = new TreeMap<>();
        client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                .filter(object -> !ON_ITS_WAY.matcher(object.key()).find())
                .forEach(object -> objects.put(object.key(), object.eTag() + " " + object.lastModified()));
        return objects;
    }

    @Override
    public InputStream open(String name) throws NoSuchFileException {
        try {
            return client.getObject(get -> get.bucket(bucket).key(name));
        } catch (NoSuchKeyException e) {
            throw new NoSuchFileException(name);
        }
    }

    @Override
    public Map<String, String> tags(String name) {
        return Tags.fromMetadata(
                        client.headObject(head -> head.bucket(bucket).key(name)).metadata())
                .values();
    }

    @Override
    public void plant(String name, byte[] bytes, Map<String, String> tags) {
        client.putObject(
                put -> put.bucket(bucket)
                        .key(name)
                        .metadata(
                                tags.isEmpty()
                                        ? Map.of()
                                        : Map.of(
                                                Tags.METADATA_KEY, Tags.of(tags).encode())),
                RequestBody.fromBytes(bytes));
    }

    @Override
    public List<String> leftovers() {
        return client.listMultipartUploads(list -> list.bucket(bucket)).uploads().stream()
                .map(upload -> "upload of " + upload.key())
                .toList();
    }

    @Override
    public Optional<ChaosProxy> line() {
        return Optional.of(line);
    }

    @Override
    public void layNewLine() {
        line.close();
        line = new ChaosProxy(server);
    }

    @Override
    public void close() {
        line.close();
        client.close();
    }
}
