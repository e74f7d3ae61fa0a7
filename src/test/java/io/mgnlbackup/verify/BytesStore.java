package io.mgnlbackup.verify;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** A store in memory, with a word to say whenever an object is read. */
final class BytesStore implements ObjectStore {

    private static final class Stored {

        private final byte[] bytes;
        private final Tags tags;
        private final int version;

        Stored(byte[] bytes, Tags tags, int version) {
            this.bytes = bytes;
            this.tags = tags;
            this.version = version;
        }
    }

    private final NavigableMap<ObjectKey, Stored> objects = new TreeMap<>();
    private final List<String> read = new ArrayList<>();
    private Consumer<String> onRead = name -> {};
    private int versions;

    /** Adds a compressed object of this many random-looking bytes. */
    BytesStore with(String name, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < bytes; i++) {
            text.append(Integer.toHexString((name + i).hashCode())).append('\n');
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        objects.put(
                new ObjectKey(name), new Stored(out.toByteArray(), Tags.of(Map.of("heritage", "ours")), ++versions));
        return this;
    }

    /** Changes the bytes of an object behind everybody's back: its ETag stays. */
    void rot(String name) {
        byte[] bytes = Objects.requireNonNull(objects.get(new ObjectKey(name))).bytes;
        bytes[bytes.length / 2] ^= 1;
    }

    /** What to do when an object is opened. */
    void onRead(Consumer<String> action) {
        onRead = action;
    }

    /** The names of objects in the order of reading. */
    List<String> read() {
        return read;
    }

    @Override
    public StoredObject put(Upload upload) {
        try (Payload payload = upload.payload()) {
            objects.put(upload.key(), new Stored(payload.stream().readAllBytes(), upload.tags(), ++versions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return head(upload.key());
    }

    @Override
    public StoredObject head(ObjectKey key) {
        Stored stored = stored(key);
        return new StoredObject(
                key, stored.bytes.length, Instant.EPOCH, "v" + stored.version, Optional.of(stored.tags));
    }

    private Stored stored(ObjectKey key) {
        return Optional.ofNullable(objects.get(key))
                .orElseThrow(() ->
                        new StoreException(Problem.Kind.NOT_FOUND, "'" + key + "' is not there", null, false, null));
    }

    @Override
    public Payload get(GetRequest request) {
        read.add(request.key().value());
        onRead.accept(request.key().value());
        byte[] bytes = stored(request.key()).bytes;
        return Payload.ofLength(new ByteArrayInputStream(bytes), bytes.length);
    }

    @Override
    public ListPage list(ListRequest request) {
        return new ListPage(objects.keySet().stream().map(this::head).toList(), Optional.empty());
    }

    @Override
    public void delete(List<ObjectKey> keys) {
        keys.forEach(objects::remove);
    }

    @Override
    public URI link(LinkRequest request) {
        return URI.create("http://store/" + request.key());
    }
}
