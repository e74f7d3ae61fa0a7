package io.mgnlbackup.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a deletion could not delete, and why the first of them could not.
 *
 * @param <E> how the client of the store fails
 */
public final class Undeleted<E extends Exception> {

    private static final int NAMED = 5;

    private final List<String> keys = new ArrayList<>();
    private @Nullable E first;

    /** Notes one. */
    public void add(String key, E why) {
        keys.add(key);
        first = first == null ? why : first;
    }

    /** Why the first could not be deleted; empty when there is none. */
    public Optional<E> why() {
        return Optional.ofNullable(first);
    }

    /** What could not be done, with some names: the begin of an error message. */
    public String describe(int all) {
        String some = keys.stream().limit(NAMED).map(key -> "'" + key + "'").collect(Collectors.joining(", "));
        return "cannot delete " + keys.size() + " of " + all + " objects (" + some + (keys.size() > NAMED ? ", …" : "")
                + ")";
    }
}
