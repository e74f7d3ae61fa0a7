package io.mgnlbackup.store.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import io.mgnlbackup.testing.GcsFault;
import io.mgnlbackup.testing.GcsServer;
import io.mgnlbackup.testing.TestPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong in an upload, it ends in a whole object or in none. */
@Execution(ExecutionMode.SAME_THREAD)
class GcsFaultsIT {

    private static final int CHUNK = 4 * GcsServer.CHUNK_BYTES;
    private static final int LENGTH = 3 * CHUNK + 1000;
    private static final ObjectKey KEY = new ObjectKey("db-2026-01-01-000000.sql.gz");

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
        bucket = "faults-" + buckets++;
        gcs = new GcsTestStore(server.settings(bucket, CHUNK));
    }

    @AfterEach
    void close() {
        server.heal();
        gcs.close();
    }

    private ObjectStore store() {
        return gcs.routes().store();
    }

    private void put(int length) {
        store().put(new Upload(
                KEY, Tags.of(Map.of("a", "b")), TestPayload.of(length).payload()));
    }

    private static GcsFault breaks(GcsFault.Kind kind, int status, int times, String request) {
        return server.breaks(new GcsFault(kind, status, times, line -> line.matches(request)));
    }

    private void assertWhole(int length) throws IOException {
        assertThat(server.names(bucket)).containsExactly(KEY.value());
        assertThat(Files.readAllBytes(server.file(bucket, KEY.value()))).isEqualTo(TestPayload.bytes(length));
    }

    @ParameterizedTest
    @CsvSource({
        // begin
        "STATUS, 503, 1, POST .*uploadType=resumable.*, true",
        "STATUS, 429, 2, POST .*uploadType=resumable.*, true",
        "STATUS, 403, 9, POST .*uploadType=resumable.*, false",
        "STATUS, 404, 9, POST .*uploadType=resumable.*, false",
        "STATUS, 412, 9, POST .*uploadType=resumable.*, false",
        "LOST_ANSWER, 0, 1, POST .*uploadType=resumable.*, true",
        // a chunk
        "STATUS, 503, 2, PUT .* bytes 1048576-.*, true",
        "STATUS, 404, 9, PUT .* bytes 1048576-.*, false",
        "STATUS, 410, 9, PUT .* bytes 1048576-.*, false",
        "STATUS, 412, 9, PUT .* bytes 1048576-.*, false",
        "CUT_MID_BODY, 0, 1, PUT .* bytes 1048576-.*, true",
        "LOST_ANSWER, 0, 1, PUT .* bytes 1048576-.*, true",
        "HALF_TAKEN, 0, 1, PUT .* bytes 1048576-.*, true",
        "HALF_TAKEN, 0, 1, PUT .* bytes 0-.*, true",
        "RANGE_MISSING, 0, 1, PUT .* bytes 1048576-.*, false",
        "RANGE_TOO_LARGE, 0, 1, PUT .* bytes 1048576-.*, false",
        "RANGE_GOES_BACK, 0, 1, PUT .* bytes 1048576-.*, false",
        "DELAY, 1500, 1, PUT .* bytes 1048576-.*, true",
        // the last chunk
        "STATUS, 503, 2, PUT .*/3146728, true",
        "STATUS, 412, 9, PUT .*/3146728, false",
        "STATUS, 404, 9, PUT .*/3146728, false",
        "CUT_MID_BODY, 0, 1, PUT .*/3146728, true",
        "LOST_ANSWER, 0, 1, PUT .*/3146728, true",
        "SHORT_OBJECT, 0, 1, PUT .*/3146728, false",
        "CHANGED_BYTES, 0, 1, PUT .*/3146728, false",
        "CHANGED_BYTES, 0, 1, PUT .* bytes 1048576-.*, false",
    })
    void aLongUploadEndsInAWholeObjectOrInNone(
            GcsFault.Kind kind, int status, int times, String request, boolean survives) throws IOException {
        GcsFault fault = breaks(kind, status, times, request);

        Throwable thrown = catchThrowable(() -> put(LENGTH));

        assertThat(fault.isUsedUp() || times == 9).as("the fault happened").isTrue();
        if (survives) {
            assertThat(thrown).isNull();
            assertWhole(LENGTH);
        } else {
            assertThat(thrown).isInstanceOf(StoreException.class).hasMessageContaining("'" + KEY + "'");
            assertThat(server.names(bucket)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS, 503, 2, true",
        "STATUS, 403, 9, false",
        "STATUS, 404, 9, false",
        "CUT_MID_BODY, 0, 1, true",
        "LOST_ANSWER, 0, 1, true",
    })
    void aShortUploadEndsInAWholeObjectOrInNone(GcsFault.Kind kind, int status, int times, boolean survives)
            throws IOException {
        breaks(kind, status, times, "POST .*uploadType=multipart.*");

        Throwable thrown = catchThrowable(() -> put(1000));

        if (survives) {
            assertThat(thrown).isNull();
            assertWhole(1000);
        } else {
            assertThat(thrown).isInstanceOf(StoreException.class);
            assertThat(server.names(bucket)).isEmpty();
        }
    }

    @Test
    void anObjectOfSomebodyElseThatCameMeanwhileIsNotReplaced() throws IOException {
        TestPayload slow = TestPayload.endingWith(
                LENGTH, () -> server.put(bucket, KEY.value(), new byte[] {1, 2, 3}, Map.of("by", "another")));

        assertThatThrownBy(() -> store().put(new Upload(KEY, Tags.NONE, slow.payload())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("somebody else stored an object of that name meanwhile");
        assertThat(server.size(bucket, KEY.value())).contains(3L);
    }

    @Test
    void anOldObjectIsReplacedAtOnceOrStays() throws IOException {
        server.put(bucket, KEY.value(), new byte[] {1, 2, 3}, Map.of());
        GcsFault fault = breaks(GcsFault.Kind.STATUS, 412, 1, "PUT .*/" + LENGTH);
        assertThatThrownBy(() -> put(LENGTH)).isInstanceOf(StoreException.class);
        assertThat(fault.isUsedUp()).isTrue();
        assertThat(server.size(bucket, KEY.value())).contains(3L);

        put(LENGTH);
        assertWhole(LENGTH);
    }

    @Test
    void aTokenThatIsNoLongerKnownIsAskedForAnew() throws IOException {
        put(1000);
        server.forgetTokens();
        put(LENGTH);
        assertWhole(LENGTH);
    }

    @Test
    void aDownloadThatEndsEarlyIsTakenUpOrFails() throws IOException {
        put(LENGTH);
        breaks(GcsFault.Kind.SHORT_DOWNLOAD, 0, 1, "GET .*alt=media.*");
        try (Payload payload = store().get(GetRequest.whole(KEY))) {
            assertThat(payload.stream().readAllBytes()).isEqualTo(TestPayload.bytes(LENGTH));
        }

        breaks(GcsFault.Kind.SHORT_DOWNLOAD, 0, 100, "GET .*alt=media.*");
        try (Payload payload = store().get(GetRequest.whole(KEY))) {
            Throwable thrown = catchThrowable(() -> payload.stream().readAllBytes());
            assertThat(thrown).isInstanceOf(IOException.class);
        }
    }

    @Test
    void namesWhatItCouldNotDeleteAndDeletesTheRest() {
        List<ObjectKey> keys = List.of(new ObjectKey("a"), new ObjectKey("b"), new ObjectKey("c"));
        keys.forEach(key -> server.put(bucket, key.value(), new byte[1], Map.of()));
        server.lock("b");

        assertThatThrownBy(() -> store().delete(keys))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("cannot delete 1 of 3 objects ('b')");
        assertThat(server.names(bucket)).containsExactly("b");
    }
}
