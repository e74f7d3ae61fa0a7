package io.mgnlbackup.store;

import java.net.URI;
import java.util.List;

/**
 * The one store that backups go to. Every method throws {@link StoreException}, and nothing else, when the store fails.
 *
 * <p>The implementation that the program uses calls the routes {@code store-put}, {@code store-head}, {@code store-get}, {@code store-list},
 * {@code store-delete} and {@code store-link} of the one store file that is loaded.
 */
public interface ObjectStore {

    /**
     * Stores an object, which becomes visible whole at the end, or not at all: when the payload throws, the thread is interrupted or the
     * store fails, nothing is left behind. An object of that name is replaced. Closes the payload.
     */
    StoredObject put(Upload upload);

    /** The facts of an object, tags included; fails with {@code NOT_FOUND} when it is not there. */
    StoredObject head(ObjectKey key);

    /** The bytes of an object, streamed; fails with {@code NOT_FOUND} when it is not there. A connection cut short throws in mid-stream. */
    Payload get(GetRequest request);

    /** A page of the listing, complete objects only. */
    ListPage list(ListRequest request);

    /** Deletes objects; one that is not there counts as deleted. Fails if any could not be deleted, naming them; the others are gone. */
    void delete(List<ObjectKey> keys);

    /** A link that downloads the object without credentials. Does not check that the object is there. */
    URI link(LinkRequest request);
}
