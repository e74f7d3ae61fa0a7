package io.mgnlbackup.store.gcs;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls the store on another thread, with a limit: the JDK's HTTP client has no limit on sending, so a store that stops reading would
 * hold the caller for ever.
 */
final class BoundedCall {

    /** A slower line is taken for a broken one. */
    private static final long LEAST_BYTES_PER_SECOND = 64 * 1024;

    private static final int TRIES = 6;

    private BoundedCall() {}

    /** How long a call that sends so many bytes may take, with all its tries. */
    static Duration limit(long bytes) {
        return Duration.ofMinutes(5).plusSeconds(TRIES * bytes / LEAST_BYTES_PER_SECOND);
    }

    /**
     * Calls and waits, even on an interrupted thread, since what was begun must be known to have ended; its flag stays set.
     *
     * @throws RuntimeException what the call threw
     */
    static <T> T run(ExecutorService threads, long bytes, Callable<T> call) {
        Future<T> future = threads.submit(call);
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return await(future, bytes);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for a call that sends so many bytes; throws what it threw, a checked exception inside a {@link CompletionException}. */
    static <T> T await(Future<T> future, long bytes) throws InterruptedException {
        try {
            return future.get(limit(bytes).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new CompletionException(
                    new SocketTimeoutException("no answer in " + limit(bytes).toSeconds() + " s"));
        }
    }
}
