package io.mgnlbackup.testing;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.GetRequest;
import io.mgnlbackup.store.LinkRequest;
import io.mgnlbackup.store.ListPage;
import io.mgnlbackup.store.ListRequest;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A store that holds facts of objects and no bytes; like S3, its listings carry no tags. Counts what it is asked. */
public final class FakeStore implements ObjectStore {

    private final NavigableMap<ObjectKey, StoredObject> objects = new ConcurrentSkipListMap<>();
    private final Set<ObjectKey> unreadable = new HashSet<>();
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger heads = new AtomicInteger();
    private volatile boolean down;
    private int deletesLeft = Integer.MAX_VALUE;
    private int pageSize = ListPage.MAX_OBJECTS;

    /** Adds an object. */
    public FakeStore with(String name, Map<String, String> tags) {
        return with(name, tags, "etag of " + tags);
    }

    /** Adds an object with an ETag of its own. */
    public FakeStore with(String name, Map<String, String> tags, String etag) {
        ObjectKey key = new ObjectKey(name);
        objects.put(key, new StoredObject(key, 100, Instant.EPOCH, etag, Optional.of(Tags.of(new TreeMap<>(tags)))));
        return this;
    }

    /** Removes an object. */
    public void remove(String name) {
        objects.remove(new ObjectKey(name));
    }

    /** From now on an object is listed, but answers no question. */
    public void makeUnreadable(String name) {
        unreadable.add(new ObjectKey(name));
    }

    /** From now on the store answers nothing, or again everything. */
    public void setDown(boolean isDown) {
        down = isDown;
    }

    /** Lists so many objects on a page. */
    public void setPageSize(int size) {
        pageSize = size;
    }

    /** So many calls of delete work from now on, none after. */
    public void setDeletesLeft(int calls) {
        deletesLeft = calls;
    }

    /** The names of all objects. */
    public Set<String> names() {
        return objects.keySet().stream().map(ObjectKey::value).collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many pages were asked for. */
    public int lists() {
        return lists.get();
    }

    /** How often an object was asked for its facts. */
    public int heads() {
        return heads.get();
    }

    @Override
    public StoredObject put(Upload upload) {
        throw new UnsupportedOperationException("this store holds no bytes");
    }

    @Override
    public StoredObject head(ObjectKey key) {
        heads.incrementAndGet();
        checkUp();
        if (unreadable.contains(key)) {
            throw new StoreException(Problem.Kind.FORBIDDEN, "cannot read '" + key + "'", null, false, null);
        }
        StoredObject object = objects.get(key);
        if (object == null) {
            throw new StoreException(Problem.Kind.NOT_FOUND, "'" + key + "' is not there", null, false, null);
        }
        return object;
    }

    @Override
    public Payload get(GetRequest request) {
        throw new UnsupportedOperationException("this store holds no bytes");
    }

    @Override
    public ListPage list(ListRequest request) {
        lists.incrementAndGet();
        checkUp();
        List<StoredObject> page = objects.values().stream()
                .filter(object -> object.key().value().startsWith(request.prefix()))
                .filter(object -> request.token()
                        .map(token -> object.key().value().compareTo(token) > 0)
                        .orElse(true))
                .limit(pageSize + 1L)
                .map(object -> new StoredObject(
                        object.key(), object.size(), object.lastModified(), object.etag(), Optional.empty()))
                .toList();
        return page.size() <= pageSize
                ? new ListPage(page, Optional.empty())
                : new ListPage(
                        page.subList(0, pageSize),
                        Optional.of(page.get(pageSize - 1).key().value()));
    }

    @Override
    public void delete(List<ObjectKey> keys) {
        checkUp();
        if (deletesLeft == 0) {
            throw new StoreException(Problem.Kind.UNAVAILABLE, "the store is gone", null, true, null);
        }
        deletesLeft--;
        keys.forEach(objects::remove);
    }

    @Override
    public URI link(LinkRequest request) {
        return URI.create("http://store/" + request.key());
    }

    private void checkUp() {
        if (down) {
            throw new StoreException(Problem.Kind.UNAVAILABLE, "the store does not answer", null, true, null);
        }
    }
}
