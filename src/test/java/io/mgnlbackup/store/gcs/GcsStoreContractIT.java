package io.mgnlbackup.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.ObjectStoreContract;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import io.mgnlbackup.testing.Download;
import io.mgnlbackup.testing.GcsServer;
import io.mgnlbackup.testing.TestPayload;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GcsStoreContractIT extends ObjectStoreContract {

    private static GcsServer server;
    private static int buckets;

    private String bucket;
    private GcsTestStore gcs;

    @BeforeAll
    static void startServer() {
        server = new GcsServer();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() {
        bucket = "bucket-" + buckets++;
        gcs = new GcsTestStore(server.settings(bucket, PART_BYTES));
    }

    @AfterEach
    void close() {
        gcs.close();
    }

    @Override
    protected ObjectStore store() {
        return gcs.routes().store();
    }

    /** An upload that was given up is left to Google, and is nothing that anybody can see. */
    @Override
    protected List<String> leftovers() {
        return List.of();
    }

    @Override
    protected Optional<byte[]> follow(URI link) throws IOException {
        return Download.of(link);
    }

    @Override
    protected void fill(List<ObjectKey> keys) {
        keys.forEach(key -> server.put(bucket, key.value(), new byte[] {'x'}, Map.of()));
    }

    @Test
    void listsWithTagsSoThatNobodyHasToAskForThem() {
        Tags tags = Tags.of(Map.of("my_label", "café"));
        store().put(new Upload(new ObjectKey("a"), tags, TestPayload.of(10).payload()));
        int before = server.requests().size();

        ListPage page = store().list(ListRequest.first(""));

        assertThat(page.objects())
                .singleElement()
                .satisfies(object -> assertThat(object.tags()).contains(tags));
        assertThat(server.requests()).hasSize(before + 1);
    }

    @Test
    void readsTheTagsThatTheReplacedProgramWrote() {
        server.put(bucket, "old", new byte[] {1, 2, 3}, Map.of("heritage", "shop", "daily", "true"));

        Tags tags = Tags.of(Map.of("heritage", "shop", "daily", "true"));
        assertThat(store().head(new ObjectKey("old")).tags()).contains(tags);
        assertThat(store().list(ListRequest.first("")).objects().get(0).tags()).contains(tags);
    }
}
