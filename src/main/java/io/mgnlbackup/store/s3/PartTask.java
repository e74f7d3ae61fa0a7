package io.mgnlbackup.store.s3;

import org.jspecify.annotations.Nullable;

/** Sends one part on a thread of the pool, and can be stopped there without hitting what that thread does next. */
final class PartTask implements Runnable {

    private final Runnable sending;
    private final Runnable ending;
    private @Nullable Thread thread;
    private boolean stopped;

    /**
     * A task that was not started.
     *
     * @param ending runs in every case, at the very end
     */
    PartTask(Runnable sending, Runnable ending) {
        this.sending = sending;
        this.ending = ending;
    }

    @Override
    public void run() {
        try {
            if (started()) {
                sending.run();
            }
        } finally {
            ended();
            ending.run();
        }
    }

    /** Interrupts the sending, or keeps it from starting. */
    synchronized void stop() {
        stopped = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized boolean started() {
        thread = Thread.currentThread();
        return !stopped;
    }

    private synchronized void ended() {
        thread = null;
        Thread.interrupted();
    }
}
