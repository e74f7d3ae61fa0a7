package io.mgnlbackup.store.s3;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;

/** Calls the store on a thread that is, or gets, interrupted: the SDK refuses to, but what was begun must be ended. */
final class Uninterrupted {

    private Uninterrupted() {}

    /** Calls with the interrupt flag cleared, again if an interrupt came in between, and sets the flag again. */
    static <T> T call(Supplier<T> action) {
        boolean interrupted = Thread.interrupted();
        try {
            return action.get();
        } catch (AbortedException e) {
            interrupted = true;
            Thread.interrupted();
            return action.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
