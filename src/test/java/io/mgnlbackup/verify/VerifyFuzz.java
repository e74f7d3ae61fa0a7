package io.mgnlbackup.verify;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.mgnlbackup.fuzz.Tars;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Objects of every kind with any content. */
public final class VerifyFuzz {

    private VerifyFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("verify", VerifyFuzz::verify);
    }

    /** A store with one object. */
    private static final class OneObject implements ObjectStore {

        private final StoredObject object;
        private final byte[] bytes;

        OneObject(StoredObject object, byte[] bytes) {
            this.object = object;
            this.bytes = bytes;
        }

        @Override
        public StoredObject put(Upload upload) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StoredObject head(ObjectKey key) {
            return object;
        }

        @Override
        public Payload get(GetRequest request) {
            return Payload.ofLength(new ByteArrayInputStream(bytes), bytes.length);
        }

        @Override
        public ListPage list(ListRequest request) {
            return new ListPage(List.of(object), Optional.empty());
        }

        @Override
        public void delete(List<ObjectKey> keys) {
            throw new UnsupportedOperationException();
        }

        @Override
        public URI link(LinkRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    /** Every object gets a verdict, and one whose bytes all came is not called unreadable. */
    static void verify(byte[] input) throws IOException {
        BackupKind kind = List.of(BackupKind.values()).get(Fuzzed.choice(input, BackupKind.values().length));
        byte[] content = Fuzzed.after(input, 2);
        int how = input.length < 2 ? 0 : input[1] & 3;
        byte[] bytes = how == 0 ? content : packed(how == 1 ? content : Tars.withSums(content));
        ObjectKey key = new ObjectKey("x" + kind.suffix());
        Tags tags = Tags.NONE;
        StoredObject object = new StoredObject(key, bytes.length, Instant.EPOCH, "etag", Optional.of(tags));
        CatalogEntry entry = new CatalogEntry(object, tags, Instant.EPOCH);
        ObjectCheck check = new ObjectCheck(new OneObject(object, bytes), Map.of(), read -> {});
        Verdict verdict = check.check(entry);
        require(verdict.state() != Verdict.State.GOOD, "nothing proves it", verdict);
        require(verdict.state() != Verdict.State.UNREADABLE, "it could be read", verdict);
        require(!verdict.reason().isBlank(), "a reason", verdict);
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}
