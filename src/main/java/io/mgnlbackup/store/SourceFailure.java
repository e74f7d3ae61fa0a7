package io.mgnlbackup.store;

import io.mgnlbackup.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What was to be stored failed, not the store: the payload threw, or had another length than it said. Nothing became visible.
 *
 * <p>Where a {@link Problem} caused it, its hint and detail (the last lines of a dump's stderr) are this exception's too.
 */
public final class SourceFailure extends StoreException {

    private SourceFailure(String message, @Nullable Problem problem, @Nullable Throwable cause) {
        super(
                Kind.FAILED,
                message,
                problem == null ? null : problem.hint().orElse(null),
                problem == null ? null : problem.detail().orElse(null),
                false,
                cause);
    }

    /** The payload of an object threw. */
    static SourceFailure of(ObjectKey key, Throwable cause) {
        Problem problem = problemIn(cause);
        String reason = problem == null ? cause.getMessage() : problem.getMessage();
        return new SourceFailure(
                "cannot store '" + key + "': " + (reason == null ? cause.toString() : reason), problem, cause);
    }

    /** The payload of an object had another length than it said. */
    static SourceFailure ofLength(ObjectKey key, long promised, String found) {
        return new SourceFailure(
                "cannot store '" + key + "': its source promised " + promised + " bytes and gave " + found, null, null);
    }

    private static @Nullable Problem problemIn(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof Problem problem) {
                return problem;
            }
        }
        return null;
    }
}
