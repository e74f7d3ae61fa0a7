package io.mgnlbackup.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import io.mgnlbackup.testing.ChaosProxy;
import io.mgnlbackup.testing.Fault;
import io.mgnlbackup.testing.S3Server;
import io.mgnlbackup.testing.TestPayload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Whatever goes wrong between the sidecar and an S3 store, an upload ends in a whole object or in none, and says which. The tests are named
 * after what users of other tools for backups have reported.
 */
@Execution(ExecutionMode.SAME_THREAD)
class S3FaultsIT {

    private static final int LENGTH = 2 * S3Server.PART_BYTES + 1000;
    private static final ObjectKey KEY = new ObjectKey("db-2026-01-01-000000.sql.gz");

    private static final Predicate<String> PUT = matching("PUT /[^?]*/[^?]+ .*");
    private static final Predicate<String> BEGIN = matching("POST .*sql\\.gz\\?uploads.*");
    private static final Predicate<String> CLAIM = matching("POST .*claim.*\\?uploads.*");
    private static final Predicate<String> PART = matching("PUT .*partNumber=.*");
    private static final Predicate<String> COMPLETE = matching("POST .*uploadId=.*");
    private static final Predicate<String> ABORT = matching("DELETE .*sql\\.gz\\?uploadId=.*");
    private static final Predicate<String> ASK = matching("HEAD .*");
    private static final Predicate<String> GET = matching("GET .*sql\\.gz .*");
    private static final Predicate<String> LIST = matching("GET .*list-type=2.*");
    private static final Predicate<String> DELETE = matching("POST .*\\?delete.*");

    private static S3Server server;
    private static int buckets;

    private ChaosProxy line;
    private S3TestStore s3;

    private static Predicate<String> matching(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }

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
        line = new ChaosProxy(server.endpoint());
        s3 = new S3TestStore(server.settings("s3-faults-" + buckets++, line.endpoint()));
    }

    @AfterEach
    void close() {
        s3.close();
        line.close();
    }

    private ObjectStore store() {
        return s3.routes().store();
    }

    private Throwable put(int length) {
        return catchThrowable(() -> store().put(new Upload(
                KEY, Tags.of(Map.of("a", "b")), TestPayload.of(length).payload())));
    }

    /** Looks past the faults. */
    private void assertWhole(int length) {
        line.heal();
        assertThat(names()).containsExactly(KEY.value());
        try (Payload payload = store().get(GetRequest.whole(KEY))) {
            assertThat(payload.stream().readAllBytes()).isEqualTo(TestPayload.bytes(length));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(s3.uploads()).as("uploads that nobody ends").isEmpty();
    }

    private void assertNone(Throwable thrown) {
        line.heal();
        assertThat(thrown).isInstanceOf(StoreException.class).hasMessageContaining("'" + KEY + "'");
        assertThat(names()).isEmpty();
        assertThat(s3.uploads()).as("uploads that nobody ends").isEmpty();
    }

    private List<String> names() {
        return store().list(ListRequest.first("")).objects().stream()
                .map(object -> object.key().value())
                .toList();
    }

    // --- the end of an upload ---

    /** Clients that looked at the status alone told of success, and the object was not there. */
    @Test
    void anErrorInsideA200AtTheEndOfAnUploadIsNotTakenForSuccess() {
        Fault fault = line.breaks(Fault.error(COMPLETE, 200, "InternalError"));
        assertNone(put(LENGTH));
        assertThat(fault.hits()).isPositive();
    }

    @Test
    void anErrorInsideA200ThatIsGoneAtTheNextTryIsNotNoticed() {
        Fault fault = line.breaks(Fault.error(COMPLETE, 200, "InternalError").times(1));
        assertThat(put(LENGTH)).isNull();
        assertThat(fault.hits()).isEqualTo(1);
        assertWhole(LENGTH);
    }

    /** The second try finds no such upload any more; tools then failed a backup that was there. */
    @Test
    void anUploadWhoseLastAnswerIsLostIsFoundInTheStore() {
        Fault fault = line.breaks(Fault.loseAnswer(COMPLETE).times(1));
        assertThat(put(LENGTH)).isNull();
        assertThat(fault.hits()).isEqualTo(1);
        assertWhole(LENGTH);
    }

    @Test
    void anUploadThatTheStoreCompletedWhileItSaidInternalErrorIsFoundInTheStore() {
        line.breaks(Fault.errorThoughDone(COMPLETE, 500, "InternalError"));
        assertThat(put(LENGTH)).isNull();
        assertWhole(LENGTH);
    }

    /** An answer of 200 is no proof: the object is looked for. */
    @ParameterizedTest
    @ValueSource(ints = {1000, LENGTH})
    void aStoreThatSaysYesAndHoldsNothingIsNotBelieved(int length) {
        String yes = "<CompleteMultipartUploadResult><ETag>\"0\"</ETag></CompleteMultipartUploadResult>";
        line.breaks(Fault.answer(length == LENGTH ? COMPLETE : PUT, 200, yes));
        assertNone(put(length));
    }

    @Test
    void anObjectThatCannotBeConfirmedIsNoSuccess() {
        line.breaks(Fault.error(ASK, 403, "AccessDenied"));
        assertThat(put(1000)).isInstanceOf(StoreException.class).hasMessageContaining("cannot confirm");
    }

    // --- on the way ---

    @ParameterizedTest
    @CsvSource({
        "PUT, 1000", //
        "PART, 10485760",
    })
    void aTruncatedBodyIsNotStored(String place, int length) {
        Fault fault = line.breaks(Fault.shortenRequest(place(place), 600).times(1));
        endsWholeOrNot(put(length), length);
        assertThat(fault.hits()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, 1000", //
        "PART, 10485760",
    })
    void aBitThatChangesOnItsWayIsNotStored(String place, int length) {
        Fault fault = line.breaks(Fault.flipRequest(place(place), 600).times(1));
        endsWholeOrNot(put(length), length);
        assertThat(fault.hits()).isEqualTo(1);
    }

    private static Predicate<String> place(String name) {
        return switch (name) {
            case "PUT" -> PUT;
            case "BEGIN" -> BEGIN;
            case "CLAIM" -> CLAIM;
            case "PART" -> PART;
            case "COMPLETE" -> COMPLETE;
            case "ABORT" -> ABORT;
            case "ASK" -> ASK;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private void endsWholeOrNot(Throwable thrown, int length) {
        if (thrown == null) {
            assertWhole(length);
        } else {
            assertNone(thrown);
        }
    }

    /** Stores close connections that were idle for a while, and say nothing. */
    @ParameterizedTest
    @CsvSource({"PUT, 1000", "PART, 10486760", "BEGIN, 10486760", "ASK, 1000"})
    void aKeptConnectionThatIsGoneIsNotNoticed(String place, int length) {
        for (BiFunction<Predicate<String>, Integer, Fault> kind :
                List.<BiFunction<Predicate<String>, Integer, Fault>>of(
                        (requests, times) -> Fault.closeWhenIdle(requests).times(times),
                        (requests, times) -> Fault.loseWhenUsedAgain(requests).times(times))) {
            line.breaks(kind.apply(place(place), 2));
            assertThat(put(length)).isNull();
            assertWhole(length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, 1000",
        "CLAIM, 10486760",
        "BEGIN, 10486760",
        "PART, 10486760",
        "COMPLETE, 10486760",
        "ASK, 1000",
    })
    void aStormOfSlowDownsIsWaitedOut(String place, int length) {
        Fault fault = line.breaks(Fault.error(place(place), 503, "SlowDown").times(2));
        assertThat(put(length)).isNull();
        assertThat(fault.hits()).isEqualTo(2);
        assertWhole(length);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, 1000",
        "CLAIM, 10486760",
        "BEGIN, 10486760",
        "PART, 10486760",
        "COMPLETE, 10486760",
        "ASK, 1000",
    })
    void aLostAnswerLeavesNothingBehind(String place, int length) {
        Fault fault = line.breaks(Fault.loseAnswer(place(place)).times(1));
        assertThat(put(length)).isNull();
        assertThat(fault.hits()).isEqualTo(1);
        assertWhole(length);
    }

    /** Parts that nobody sees are paid for every month. */
    @Test
    void anUploadThatCouldNotBeAbortedIsAbortedWhenTheStoreIsUpAgain() {
        line.breaks(Fault.error(PART, 403, "AccessDenied"));
        Fault fault = line.breaks(Fault.error(ABORT, 403, "AccessDenied").times(1));
        assertNone(put(LENGTH));
        assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void anUploadThatCannotBeAbortedAtAllIsCleanedUpAtTheNextStart() {
        line.breaks(Fault.error(PART, 403, "AccessDenied"));
        line.breaks(Fault.error(ABORT, 403, "AccessDenied"));
        assertThat(put(LENGTH)).isInstanceOf(StoreException.class);
        line.heal();
        assertThat(s3.uploads())
                .as("it is still known whose the upload is")
                .extracting(upload ->
                        UploadClaim.parse(upload.key()).map(UploadClaim::object).orElse(upload.key()))
                .containsExactly(KEY.value(), KEY.value());
    }

    // --- what is read ---

    /** Retention would decide on what it did not see. */
    @Test
    void aListingThatIsCutShortIsNotTakenForWhole() {
        for (int i = 0; i < 20; i++) {
            s3.client()
                    .putObject(
                            put -> put.bucket(s3.settings().bucket()).key("k" + System.nanoTime()),
                            RequestBody.fromString("x"));
        }
        line.breaks(Fault.cutAnswer(LIST, 1500).times(1));
        assertThat(names()).hasSize(20);
        line.breaks(Fault.cutAnswer(LIST, 1500));
        assertThatThrownBy(this::names).isInstanceOf(StoreException.class);
        line.heal();
        line.breaks(Fault.error(LIST, 200, "AccessDenied"));
        assertThatThrownBy(this::names)
                .as("nor an error inside a 200 for an empty one")
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aDownloadThatIsCutShortIsNoEndOfTheFile() throws IOException {
        assertThat(put(LENGTH)).isNull();
        line.breaks(Fault.cutAnswer(GET, 3_000_000));
        try (Payload payload = store().get(GetRequest.whole(KEY))) {
            assertThatThrownBy(() -> payload.stream().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403})
    void aDeletionThatFailedIsNotTakenForDone(int status) {
        assertThat(put(1000)).isNull();
        line.breaks(Fault.error(DELETE, status, "AccessDenied"));
        assertThatThrownBy(() -> store().delete(List.of(KEY)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot delete");
        assertWhole(1000);
    }
}
