package io.mgnlbackup.store.s3;

import io.mgnlbackup.config.StoreSettings;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.ObjectStoreContract;
import io.mgnlbackup.testing.Download;
import io.mgnlbackup.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

class S3StoreContractIT extends ObjectStoreContract {

    private static S3Server server;
    private static int buckets;

    private S3TestStore s3;

    @BeforeAll
    static void startServer() {
        server = new S3Server();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() {
        s3 = new S3TestStore(server.settings("bucket-" + buckets++));
    }

    @AfterEach
    void close() {
        s3.close();
    }

    @Override
    protected ObjectStore store() {
        return s3.routes().store();
    }

    @Override
    protected List<String> leftovers() {
        return s3.uploads().stream().map(MultipartUpload::key).toList();
    }

    @Override
    protected Optional<byte[]> follow(URI link) throws IOException {
        return Download.of(link);
    }

    @Override
    protected void fill(List<ObjectKey> keys) {
        StoreSettings.S3 settings = s3.settings();
        keys.parallelStream()
                .forEach(key -> s3.client()
                        .putObject(put -> put.bucket(settings.bucket()).key(key.value()), RequestBody.fromString("x")));
    }
}
