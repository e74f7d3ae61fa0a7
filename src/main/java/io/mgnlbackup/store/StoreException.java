package io.mgnlbackup.store;

import io.mgnlbackup.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A store did not do what it was asked. Its message names the store, the operation and the object. */
public class StoreException extends Problem {

    private final boolean retryable;

    /**
     * A failure of a store.
     *
     * @param kind {@code NOT_FOUND}, {@code FORBIDDEN} (credentials, rights), {@code UNAVAILABLE} (no answer, 5xx) or {@code FAILED}
     * @param hint what to do next, or null
     * @param retryable whether the same call may work later without anybody changing anything
     */
    public StoreException(
            Kind kind, String message, @Nullable String hint, boolean retryable, @Nullable Throwable cause) {
        this(kind, message, hint, null, retryable, cause);
    }

    /** A failure with what somebody else said last, for example a child process. */
    protected StoreException(
            Kind kind,
            String message,
            @Nullable String hint,
            @Nullable String detail,
            boolean retryable,
            @Nullable Throwable cause) {
        super(kind, message, hint, detail, cause);
        this.retryable = retryable;
    }

    /** Whether the same call may work later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }
}
