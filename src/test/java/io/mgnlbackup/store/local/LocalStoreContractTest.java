package io.mgnlbackup.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.ObjectStoreContract;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import io.mgnlbackup.testing.Folder;
import io.mgnlbackup.testing.StoreRoutes;
import io.mgnlbackup.testing.TestPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreContractTest extends ObjectStoreContract {

    private static final Pattern LINK =
            Pattern.compile("http://sidecar:9999(/files/.*)\\?expires=([0-9]+)&signature=([A-Za-z0-9_-]{43})");

    @TempDir
    Path folder;

    private SignedLinks links;
    private StoreRoutes routes;

    @BeforeEach
    void open() {
        links = new SignedLinks(new LinkKey(folder), () -> "http://sidecar:9999", Clock.systemUTC());
        LocalStore localStore = new LocalStore(folder, links);
        localStore.open();
        routes = new StoreRoutes("store-local.camel.yaml", Map.of("localStore", localStore), Map.of());
    }

    @AfterEach
    void close() {
        routes.close();
    }

    @Override
    protected ObjectStore store() {
        return routes.store();
    }

    @Test
    void listsNothingOutsideOfItsFolder() {
        assertThat(store().list(ListRequest.first("../")).objects()).isEmpty();
    }

    @Test
    void aFolderThatIsGoneIsNotAnEmptyStore() throws IOException {
        store().put(new Upload(new ObjectKey("a"), Tags.NONE, TestPayload.of(1).payload()));
        Path elsewhere = folder.resolveSibling(folder.getFileName() + "-unmounted");
        Files.move(folder, elsewhere);
        try {
            assertThatThrownBy(() -> store().list(ListRequest.first("")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(folder.toString());
            assertThatThrownBy(() -> store().put(new Upload(
                            new ObjectKey("b"), Tags.NONE, TestPayload.of(1).payload())))
                    .isInstanceOf(StoreException.class);
            assertThat(folder).doesNotExist();
        } finally {
            Files.move(elsewhere, folder);
        }
    }

    @Override
    protected List<String> leftovers() {
        return Folder.files(folder).stream()
                .filter(file -> file.contains(Layout.TEMPORARY)
                        || file.matches(".*\\.tags-.*")
                        || Layout.tagsName(folder.resolve(file))
                                .filter(tags -> !Files.exists(tags.object()))
                                .isPresent())
                .toList();
    }

    @Override
    protected Optional<byte[]> follow(URI link) throws IOException {
        Matcher matcher = LINK.matcher(link.toString());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(link.toString());
        }
        ObjectKey key = new ObjectKey(URI.create(matcher.group(1)).getPath().substring(SignedLinks.PATH.length()));
        return links.accepts(key, matcher.group(2), matcher.group(3))
                ? Optional.of(Files.readAllBytes(folder.resolve(key.value())))
                : Optional.empty();
    }

    @Override
    protected void fill(List<ObjectKey> keys) {
        for (ObjectKey key : keys) {
            try {
                Path file = folder.resolve(key.value());
                if (key.value().contains("/")) {
                    Files.createDirectories(
                            folder.resolve(key.value().substring(0, key.value().lastIndexOf('/'))));
                }
                Files.writeString(file, "x");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
