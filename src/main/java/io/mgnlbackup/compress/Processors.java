package io.mgnlbackup.compress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/** Lets no more threads compress at a time than there are permits, however many payloads are read. */
final class Processors {

    private final Semaphore permits;

    Processors(int count) {
        permits = new Semaphore(count);
    }

    /** Work that may fail. */
    interface Work {
        /** The number of bytes that it made. */
        int run() throws IOException;
    }

    /** Does the work once there is a permit. */
    int run(Work work) throws IOException {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        }
        try {
            return work.run();
        } finally {
            permits.release();
        }
    }
}
