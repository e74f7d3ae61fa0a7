package io.mgnlbackup.store.local;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.ExactLengthStream;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.PayloadReader;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects as files of one folder.
 *
 * <p>An object appears in this order: the bytes under a temporary name, on the disk; its tags likewise; the tags under a name that
 * only this version of the object reads; the object under its name, in one step; the tags under their lasting name. Each step is on
 * the disk before the next that needs it, so a process killed or a machine switched off at any line leaves the object whole or what
 * was there before. {@link #cleanUp} removes what is left over.
 */
public final class LocalStore implements ObjectStore {

    private static final Logger log = LoggerFactory.getLogger(LocalStore.class);

    /** What is in memory of an object on its way to the disk. */
    public static final int BUFFER_BYTES = 128 * 1024;

    private final Layout layout;
    private final SignedLinks links;

    /** A store in this folder, whose links these are. */
    public LocalStore(Path folder, SignedLinks links) {
        this.layout = new Layout(folder.toAbsolutePath().normalize());
        this.links = links;
    }

    /** Creates the folder where absent and checks that it can be written to. */
    public void open() {
        try {
            Folders.create(layout.root());
            PendingFile.create(layout.root()).close();
        } catch (IOException e) {
            throw LocalErrors.of("cannot use the folder '" + layout.root() + "' as store", e);
        }
    }

    /** Removes what killed sidecars left; to be called at start, before the first {@link #put}. */
    public void cleanUp() {
        try {
            int removed = Leftovers.removeFrom(layout.root());
            if (removed > 0) {
                log.info("removed {} files that an earlier process left in '{}'", removed, layout.root());
            }
        } catch (IOException e) {
            throw LocalErrors.of("cannot clean the folder '" + layout.root() + "'", e);
        }
    }

    @Override
    public StoredObject put(Upload upload) {
        try (PayloadReader source = new PayloadReader(upload)) {
            Path object = layout.object(upload.key()).orElseThrow(() -> cannotBeNamed(upload.key()));
            write(source, object, upload);
            return head(upload.key());
        } catch (IOException e) {
            throw LocalErrors.of("cannot store '" + upload.key() + "' in '" + layout.root() + "'", e);
        }
    }

    private void write(PayloadReader source, Path object, Upload upload) throws IOException {
        Path folder = object.resolveSibling(".").normalize();
        if (!Files.isDirectory(layout.root())) {
            // Made again, it would lie on another disk than the volume that went away.
            throw new NoSuchFileException(layout.root().toString());
        }
        Folders.create(folder);
        try (PendingFile data = PendingFile.create(folder);
                PendingFile tags = PendingFile.create(folder)) {
            copy(source, data);
            String etag = Layout.attributes(data.path()).map(Layout::etag).orElseThrow();
            byte[] encoded = upload.tags().encode().getBytes(StandardCharsets.US_ASCII);
            tags.write(encoded, encoded.length);
            tags.sync();
            source.checkNotInterrupted();
            tags.moveTo(Layout.pendingTags(object, etag));
            Folders.sync(folder);
            data.moveTo(object);
            data.keep();
            tags.keep();
            Folders.sync(folder);
            tags.moveTo(Layout.tags(object));
        }
    }

    private static void copy(PayloadReader source, PendingFile data) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!source.ended()) {
            data.write(buffer, source.fill(buffer));
        }
        data.sync();
    }

    @Override
    public StoredObject head(ObjectKey key) {
        try {
            return Listing.stored(layout, key).orElseThrow(() -> notFound(key));
        } catch (IOException e) {
            throw LocalErrors.of("cannot read the facts of '" + key + "' in '" + layout.root() + "'", e);
        }
    }

    @Override
    public Payload get(GetRequest request) {
        try {
            Path file = layout.object(request.key()).orElseThrow(() -> notFound(request.key()));
            if (Layout.attributes(file).isEmpty()) {
                throw notFound(request.key());
            }
            return payload(FileChannel.open(file, StandardOpenOption.READ), request);
        } catch (NoSuchFileException e) {
            throw notFound(request.key());
        } catch (IOException e) {
            throw LocalErrors.of("cannot read '" + request.key() + "' in '" + layout.root() + "'", e);
        }
    }

    /** The file that holds an object, if there is one. */
    public Optional<Path> file(ObjectKey key) {
        try {
            Optional<Path> file = layout.object(key);
            return file.isPresent() && Layout.attributes(file.get()).isPresent() ? file : Optional.empty();
        } catch (IOException e) {
            throw LocalErrors.of("cannot read '" + key + "' in '" + layout.root() + "'", e);
        }
    }

    private static Payload payload(FileChannel file, GetRequest request) throws IOException {
        long length = Math.max(0, file.size() - request.offset());
        InputStream stream = Channels.newInputStream(file.position(request.offset()));
        return Payload.ofLength(new ExactLengthStream(stream, request.key(), length), length);
    }

    @Override
    public ListPage list(ListRequest request) {
        try {
            return Listing.page(layout, request);
        } catch (IOException e) {
            throw LocalErrors.of("cannot list the folder '" + layout.root() + "'", e);
        }
    }

    @Override
    public void delete(List<ObjectKey> keys) {
        new Deletion(layout).delete(keys);
    }

    @Override
    public URI link(LinkRequest request) {
        return links.link(request);
    }

    private StoreException notFound(ObjectKey key) {
        return new StoreException(
                Problem.Kind.NOT_FOUND, "there is no '" + key + "' in '" + layout.root() + "'", null, false, null);
    }

    private static StoreException cannotBeNamed(ObjectKey key) {
        return new StoreException(
                Problem.Kind.INVALID,
                "cannot store '" + key
                        + "': in a folder no part of a name starts with a dot or has more than 200 bytes",
                "choose another MGNLBACKUP_PREFIX",
                false,
                null);
    }
}
