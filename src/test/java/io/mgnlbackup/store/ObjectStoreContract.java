package io.mgnlbackup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.testing.TestPayload;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does, called through the routes of its file. A subclass only opens a store. */
public abstract class ObjectStoreContract {

    /** Stores that cut an object into parts are opened with parts of this size. */
    protected static final int PART_BYTES = 5 * 1024 * 1024;

    private static final ObjectKey KEY = new ObjectKey("db-2026-01-01-000000.sql.gz");
    private static final Tags TAGS = Tags.of(Map.of(
            "heritage", "orders",
            "my_label_with_underscores", "café ☕ 日本",
            "empty", "",
            "ключ", "a=b&c=d +%25",
            "ulid", "01HXYZ"));

    /** The store, empty before each test, behind its routes. */
    protected abstract ObjectStore store();

    /** Whatever is not an object but stays when an upload is not ended: temporary files, multipart uploads. */
    protected abstract List<String> leftovers();

    /** What a client without credentials gets for a link; empty when it is refused. */
    protected abstract Optional<byte[]> follow(URI link) throws Exception;

    /** Puts many small objects, faster than through the store if there is a way. */
    protected abstract void fill(List<ObjectKey> keys);

    private static Upload upload(TestPayload payload) {
        return new Upload(KEY, TAGS, payload.payload());
    }

    private byte[] read(ObjectKey key, long offset) throws IOException {
        try (Payload payload = store().get(new GetRequest(key, offset))) {
            byte[] bytes = payload.stream().readAllBytes();
            assertThat(payload.length()).isEqualTo(OptionalLong.of(bytes.length));
            return bytes;
        }
    }

    private List<String> keys() {
        return store().list(ListRequest.first("")).objects().stream()
                .map(object -> object.key().value())
                .toList();
    }

    private void assertNothingIsLeft() {
        assertThat(keys()).isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES, 10 * PART_BYTES + 17})
    void givesBackTheBytesAndTagsOfAnObject(int length) throws IOException {
        TestPayload payload = TestPayload.of(length);

        StoredObject stored = store().put(upload(payload));

        assertThat(stored.key()).isEqualTo(KEY);
        assertThat(stored.size()).isEqualTo(length);
        assertThat(stored.tags()).contains(TAGS);
        assertThat(stored.lastModified())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(store().head(KEY)).isEqualTo(stored);
        assertThat(read(KEY, 0)).isEqualTo(TestPayload.bytes(length));
        assertThat(payload.isClosed()).isTrue();
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, PART_BYTES, 3 * PART_BYTES})
    void storesAPayloadOfKnownLength(int length) throws IOException {
        store().put(new Upload(KEY, Tags.NONE, TestPayload.of(length).payload(OptionalLong.of(length))));

        assertThat(read(KEY, 0)).isEqualTo(TestPayload.bytes(length));
        assertThat(store().head(KEY).tags()).contains(Tags.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 99",
        "100, 101",
        "12000000, 11999999", // ends in mid-upload, too early
        "12000000, 12000001", // does not end when it should
    })
    void refusesAPayloadOfAnotherLengthThanPromised(long promised, long given) {
        Payload payload = TestPayload.of(given).payload(OptionalLong.of(promised));

        assertThatThrownBy(() -> store().put(new Upload(KEY, TAGS, payload)))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("promised " + promised + " bytes");
        assertNothingIsLeft();
    }

    @Test
    void replacesAnObject() throws IOException {
        StoredObject old = store().put(upload(TestPayload.of(5)));
        StoredObject now = store().put(new Upload(
                KEY, Tags.of(Map.of("a", "b")), TestPayload.of(4).payload()));

        assertThat(now.etag()).isNotEqualTo(old.etag());
        assertThat(store().head(KEY)).isEqualTo(now);
        assertThat(store().head(KEY).tags()).contains(Tags.of(Map.of("a", "b")));
        assertThat(read(KEY, 0)).isEqualTo(TestPayload.bytes(4));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void saysThatAnObjectIsNotThere() {
        assertThatThrownBy(() -> store().head(KEY)).satisfies(ObjectStoreContract::isNotFound);
        assertThatThrownBy(() -> store().get(GetRequest.whole(KEY))).satisfies(ObjectStoreContract::isNotFound);
        assertThatThrownBy(() -> store().get(new GetRequest(KEY, 10))).satisfies(ObjectStoreContract::isNotFound);
    }

    private static void isNotFound(Throwable thrown) {
        assertThat(thrown).isInstanceOf(StoreException.class).hasMessageContaining("'" + KEY + "'");
        assertThat(((StoreException) thrown).kind()).isEqualTo(Problem.Kind.NOT_FOUND);
        assertThat(((StoreException) thrown).retryable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 100000", "1, 99999", "65536, 34464", "99999, 1", "100000, 0", "100001, 0", "5000000000, 0"})
    void givesTheBytesFromAnOffset(long offset, int left) throws IOException {
        store().put(upload(TestPayload.of(100_000)));

        byte[] whole = TestPayload.bytes(100_000);
        assertThat(read(KEY, offset)).isEqualTo(java.util.Arrays.copyOfRange(whole, 100_000 - left, 100_000));
    }

    @Test
    void canBeReadPartlyAndLeft() throws IOException {
        store().put(upload(TestPayload.of(1_000_000)));

        for (int i = 0; i < 20; i++) {
            try (Payload payload = store().get(GetRequest.whole(KEY))) {
                assertThat(payload.stream().readNBytes(10)).isEqualTo(TestPayload.bytes(10));
            }
        }
    }

    @Test
    void listsObjectsInTheOrderOfTheirKeys() {
        fill(List.of(key("b"), key("a/z"), key("a-b"), key("c d&ü+%/e"), key("a/b/c")));

        assertThat(keys()).containsExactly("a-b", "a/b/c", "a/z", "b", "c d&ü+%/e");
    }

    @Test
    void listsThoseWithAPrefix() {
        fill(List.of(key("db-1"), key("db/2"), key("db2"), key("d"), key("x/db-3")));

        assertThat(store().list(ListRequest.first("db")).objects())
                .extracting(object -> object.key().value())
                .containsExactly("db-1", "db/2", "db2");
        assertThat(store().list(ListRequest.first("nothing")).objects()).isEmpty();
    }

    @Test
    void listsPageByPage() {
        List<ObjectKey> keys = IntStream.range(0, 2500)
                .mapToObj(i -> key("p-%05d".formatted(i)))
                .toList();
        fill(keys);

        List<ObjectKey> listed = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Optional<ListRequest> next = Optional.of(ListRequest.first("p-"));
        while (next.isPresent()) {
            ListRequest request = next.get();
            ListPage page = store().list(request);
            page.objects().forEach(object -> listed.add(object.key()));
            sizes.add(page.objects().size());
            next = page.nextToken().map(request::next);
        }

        assertThat(sizes).containsExactly(1000, 1000, 500);
        assertThat(listed).isEqualTo(keys);
        store().delete(keys);
        assertNothingIsLeft();
    }

    @Test
    void listsTheFactsThatHeadKnows() {
        StoredObject stored = store().put(upload(TestPayload.of(123)));

        StoredObject listed = store().list(ListRequest.first("")).objects().get(0);

        assertThat(listed.size()).isEqualTo(123);
        assertThat(listed.etag()).isEqualTo(stored.etag());
        listed.tags().ifPresent(tags -> assertThat(tags).isEqualTo(TAGS));
    }

    @Test
    void deletesWhatIsThereAndToleratesWhatIsNot() {
        fill(List.of(key("a"), key("b/c"), key("b/d")));

        store().delete(List.of(key("a"), key("not-there"), key("b/c"), key("b/c/not-there")));

        assertThat(keys()).containsExactly("b/d");
        store().delete(List.of());
        store().delete(List.of(key("b/d")));
        assertNothingIsLeft();
    }

    @Test
    void linksToAnObjectWithoutCredentialsForSomeTime() throws Exception {
        store().put(upload(TestPayload.of(1000)));

        URI link = store().link(new LinkRequest(KEY, Duration.ofMinutes(5)));
        assertThat(follow(link)).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(TestPayload.bytes(1000)));

        URI brief = store().link(new LinkRequest(KEY, Duration.ofSeconds(1)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> follow(brief).isEmpty());
        assertThat(follow(URI.create(link.toString().replace("000000", "000001"))))
                .isEmpty();
    }

    @Test
    void linksToAnObjectWhateverItsName() throws Exception {
        ObjectKey odd = key("a b/ü+%41&c=d?e#f/${body}.gz");
        store().put(new Upload(odd, Tags.NONE, TestPayload.of(10).payload()));

        assertThat(store().head(odd).key()).isEqualTo(odd);
        assertThat(read(odd, 5)).hasSize(5);
        assertThat(follow(store().link(new LinkRequest(odd, Duration.ofMinutes(5)))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, // at the start
                1000, // in the first part
                PART_BYTES, // at the very end of an object of one part
                4 * PART_BYTES + 100, // in the fifth part
                6 * PART_BYTES, // at the very end, and of a part
            })
    void leavesNothingOfAPayloadThatFails(int after) {
        TestPayload payload = TestPayload.failingAfter(after);

        assertThatThrownBy(() -> store().put(upload(payload)))
                .isInstanceOf(SourceFailure.class)
                .hasMessage("cannot store '" + KEY + "': the dump ended with exit code 1");

        assertThat(payload.isClosed()).isTrue();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5 * PART_BYTES})
    void leavesNothingOfAPayloadThatBreaksTheProgram(int after) {
        TestPayload payload = TestPayload.endingWith(after, () -> {
            throw new StackOverflowError("as an example");
        });

        assertThatThrownBy(() -> store().put(upload(payload)))
                .isInstanceOf(StoreException.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);

        assertThat(payload.isClosed()).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void tellsWhatTheDumpSaidBeforeItFailed() {
        Problem problem = new Problem(Problem.Kind.FAILED, "exit code 1", "look at the database", "no such role", null);
        TestPayload payload = TestPayload.endingWith(10, () -> {
            throw new IOException(problem);
        });

        StoreException thrown = catchThrowableOfType(StoreException.class, () -> store().put(upload(payload)));

        assertThat(thrown).hasMessage("cannot store '" + KEY + "': exit code 1");
        assertThat(thrown.hint()).contains("look at the database");
        assertThat(thrown.detail()).contains("no such role");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 5 * PART_BYTES + 1})
    void leavesNothingWhenItsThreadIsInterrupted(int after) {
        TestPayload payload =
                TestPayload.endingWith(after, () -> Thread.currentThread().interrupt());

        StoreException thrown = catchThrowableOfType(StoreException.class, () -> store().put(upload(payload)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).hasMessageContaining("interrupted");
        assertThat(payload.isClosed()).isTrue();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 5 * PART_BYTES})
    void keepsTheOldObjectWhenItCannotReplaceIt(int after) throws IOException {
        StoredObject old = store().put(upload(TestPayload.of(100)));
        Upload next = new Upload(KEY, Tags.NONE, TestPayload.failingAfter(after).payload());

        assertThatThrownBy(() -> store().put(next)).isInstanceOf(SourceFailure.class);

        assertThat(store().head(KEY)).isEqualTo(old);
        assertThat(read(KEY, 0)).isEqualTo(TestPayload.bytes(100));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void storesSeveralObjectsAtTheSameTime() {
        List<ObjectKey> keys = IntStream.range(0, 8).mapToObj(i -> key("o" + i)).toList();

        keys.parallelStream()
                .forEach(key -> store().put(new Upload(
                        key, TAGS, TestPayload.of(4L * PART_BYTES + 7).payload())));

        for (ObjectKey key : keys) {
            assertThat(store().head(key).size()).isEqualTo(4L * PART_BYTES + 7);
        }
        assertThat(leftovers()).isEmpty();
    }

    private static ObjectKey key(String value) {
        return new ObjectKey(value);
    }
}
