package io.mgnlbackup.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import io.mgnlbackup.testing.Folder;
import io.mgnlbackup.testing.TestPayload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill leaves behind, line by line of an upload and of a deletion, and what the next start makes of it. */
class LeftoversTest {

    private static final ObjectKey KEY = new ObjectKey("db.sql.gz");
    private static final Tags OLD = Tags.of(Map.of("heritage", "ours", "age", "old"));

    @TempDir
    private Path folder;

    private LocalStore store;
    private StoredObject object;

    @BeforeEach
    void anObject() {
        store = new LocalStore(folder, new SignedLinks(new LinkKey(folder), () -> "", Clock.systemUTC()));
        store.open();
        object = store.put(new Upload(KEY, OLD, TestPayload.of(10).payload()));
    }

    @Test
    void killedWhileTheBytesWereWritten() throws IOException {
        Files.writeString(folder.resolve(Layout.TEMPORARY + "01data"), "half of a dump");
        Files.writeString(folder.resolve(Layout.TEMPORARY + "01tags"), "heritage=ours");
        assertThat(store.head(KEY)).isEqualTo(object);
        store.cleanUp();
        assertOnlyTheObjectIsLeft(OLD);
    }

    @Test
    void killedBeforeAnObjectBecameVisible() throws IOException {
        Files.writeString(folder.resolve(".new.sql.gz.tags-a-b"), "heritage=ours");
        store.cleanUp();
        assertOnlyTheObjectIsLeft(OLD);
    }

    @Test
    void killedBeforeAnObjectTookThePlaceOfAnother() throws IOException {
        Files.writeString(folder.resolve(".db.sql.gz.tags-a-b"), "age=new&heritage=ours");
        assertThat(store.head(KEY).tags()).as("the old object has its old tags").contains(OLD);
        store.cleanUp();
        assertOnlyTheObjectIsLeft(OLD);
    }

    @Test
    void killedBeforeTheTagsOfAVisibleObjectHadTheirLastingName() throws IOException {
        Files.move(folder.resolve(".db.sql.gz.tags"), folder.resolve(".db.sql.gz.tags-" + object.etag()));
        assertThat(store.head(KEY)).as("whole before the next start too").isEqualTo(object);
        store.cleanUp();
        assertOnlyTheObjectIsLeft(OLD);
    }

    @Test
    void killedBetweenTheDeletionOfAnObjectAndThatOfItsTags() throws IOException {
        Files.writeString(folder.resolve(".gone.sql.gz.tags"), "heritage=ours");
        store.cleanUp();
        assertOnlyTheObjectIsLeft(OLD);
    }

    @Test
    void whatARunningSidecarWritesStays() throws IOException {
        try (PendingFile running = PendingFile.create(folder)) {
            store.cleanUp();
            assertThat(running.path()).exists();
        }
        assertOnlyTheObjectIsLeft(OLD);
    }

    private void assertOnlyTheObjectIsLeft(Tags tags) {
        assertThat(Folder.files(folder)).containsExactlyInAnyOrder("db.sql.gz", ".db.sql.gz.tags");
        assertThat(store.head(KEY).tags()).contains(tags);
    }
}
