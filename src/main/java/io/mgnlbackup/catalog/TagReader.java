package io.mgnlbackup.catalog;

import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each object for its tags once, a few at a time, and remembers the answer. */
final class TagReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TagReader.class);

    /** Requests for tags that are under way at the same time. */
    static final int REQUESTS_IN_FLIGHT = 16;

    private final ObjectStore store;
    private final Map<ObjectKey, StoredObject> known = new ConcurrentHashMap<>();
    private final SharedValues values = new SharedValues();
    private final ExecutorService requests;

    TagReader(ObjectStore store) {
        this.store = store;
        this.requests = Executors.newFixedThreadPool(REQUESTS_IN_FLIGHT, task -> {
            Thread thread = new Thread(task, "catalog-tags");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Objects of one page with their tags; those that vanished meanwhile are left out, unreadable ones are added to the list. */
    List<StoredObject> withTags(List<StoredObject> page, List<String> unreadable) {
        List<Callable<Optional<StoredObject>>> questions = new ArrayList<>();
        page.forEach(object -> questions.add(() -> withTags(object)));
        List<StoredObject> answers = new ArrayList<>();
        try {
            List<Future<Optional<StoredObject>>> futures = requests.invokeAll(questions);
            for (int i = 0; i < futures.size(); i++) {
                try {
                    futures.get(i).get().ifPresent(answers::add);
                } catch (ExecutionException e) {
                    LOG.warn("cannot read the tags of '{}': {}", page.get(i).key(), message(e.getCause()));
                    unreadable.add(page.get(i).key().value());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Problem.Kind.UNAVAILABLE, "the listing was interrupted", null, true, e);
        }
        return answers;
    }

    /** Remembers an object with tags that are known without asking; gives it as it will be found again. */
    StoredObject remember(StoredObject object, Tags tags) {
        StoredObject remembered = new StoredObject(
                object.key(), object.size(), object.lastModified(), object.etag(), Optional.of(values.share(tags)));
        known.put(object.key(), remembered);
        return remembered;
    }

    /** Remembers only objects that are still there. */
    void retain(Set<ObjectKey> present) {
        known.keySet().removeIf(key -> !present.contains(key));
    }

    /** Forgets everything. */
    void forget() {
        known.clear();
    }

    private Optional<StoredObject> withTags(StoredObject object) {
        if (object.tags().isPresent()) {
            return object.tags().map(tags -> remember(object, tags));
        }
        StoredObject before = known.get(object.key());
        if (before != null && before.etag().equals(object.etag()) && before.size() == object.size()) {
            boolean same = before.lastModified().equals(object.lastModified());
            return same ? Optional.of(before) : before.tags().map(tags -> remember(object, tags));
        }
        try {
            StoredObject asked = store.head(object.key());
            return Optional.of(remember(object, asked.tags().orElse(Tags.NONE)));
        } catch (StoreException e) {
            if (e.kind() == Problem.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String message(@Nullable Throwable cause) {
        return cause == null ? "" : String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        requests.shutdownNow();
    }
}
