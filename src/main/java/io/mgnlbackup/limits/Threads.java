package io.mgnlbackup.limits;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads of one kind of request, and how many wait for them.
 *
 * @param executor null for those of everybody
 * @param most requests that run or wait at a time; one more is refused
 */
record Threads(@Nullable WorkerExecutor executor, AtomicInteger working, int most) {

    static Threads of(@Nullable WorkerExecutor executor, int most) {
        return new Threads(executor, new AtomicInteger(), most);
    }

    boolean isBusy() {
        return working.get() >= most;
    }

    <T> Future<T> run(Context context, Callable<T> code, boolean ordered) {
        working.incrementAndGet();
        Future<T> done =
                executor == null ? context.executeBlocking(code, ordered) : executor.executeBlocking(code, ordered);
        return done.onComplete(result -> working.decrementAndGet());
    }
}
