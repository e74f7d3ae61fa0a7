package io.mgnlbackup.problem;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error in the words of a user: the message says what was being done, to what, and why it failed.
 *
 * <p>Messages are lower case, without a full stop, with names in single quotes.
 */
public class Problem extends RuntimeException {

    /** Who has to act, and so the HTTP status: see {@code http}. */
    public enum Kind {
        /** The caller's mistake: a value that is not accepted. */
        INVALID,
        /** What was asked for is not there. */
        NOT_FOUND,
        /** The sidecar is not allowed to do this, for example in read-only mode. */
        FORBIDDEN,
        /** Something else of the kind runs already; later it will work. */
        BUSY,
        /** What is needed (a store, a database) does not answer; later it may work. */
        UNAVAILABLE,
        /** It was tried and it failed. */
        FAILED
    }

    private final Kind kind;
    private final @Nullable String hint;
    private final @Nullable String detail;

    /** A problem without advice. */
    public Problem(Kind kind, String message) {
        this(kind, message, null, null, null);
    }

    /** A problem and what to do about it. */
    public Problem(Kind kind, String message, String hint) {
        this(kind, message, hint, null, null);
    }

    /**
     * A problem with all that can be said.
     *
     * @param hint what to do next, or null
     * @param detail what a child process or server said last, or null
     * @param cause what was caught, or null
     */
    public Problem(
            Kind kind, String message, @Nullable String hint, @Nullable String detail, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
        this.detail = detail;
    }

    /** Who has to act. */
    public Kind kind() {
        return kind;
    }

    /** What to do next. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    /** What a child process or server said last, some lines at most. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    /** The message, which every problem has. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
