package io.mgnlbackup.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** The buffers of one upload: taken to be filled, given back when the part is sent, used again. */
public final class PartBuffers {

    private final int bytes;
    private final Deque<byte[]> free = new ArrayDeque<>();
    private int inUse;
    private int peak;

    /** Buffers of so many bytes; none is allocated yet. */
    public PartBuffers(int bytes) {
        this.bytes = bytes;
    }

    /** The size of each. */
    public int bytes() {
        return bytes;
    }

    /** A buffer; waits until fewer than {@code limit} are in use. */
    public synchronized byte[] take(int limit) throws InterruptedException {
        while (inUse >= limit) {
            wait();
        }
        inUse++;
        peak = Math.max(peak, inUse);
        byte[] buffer = free.poll();
        return buffer == null ? new byte[bytes] : buffer;
    }

    /** Takes buffers back. */
    public synchronized void give(Collection<byte[]> buffers) {
        inUse -= buffers.size();
        free.addAll(buffers);
        notifyAll();
    }

    /** Waits until no buffer is in use. */
    public synchronized void awaitAll() throws InterruptedException {
        while (inUse > 0) {
            wait();
        }
    }

    /** Waits until no buffer is in use, but not for longer, and not once interrupted; returns whether that is so. */
    public synchronized boolean awaitAll(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toMillis(); inUse > 0 && left > 0; left = millisUntil(deadline)) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inUse == 0;
    }

    private static long millisUntil(long deadline) {
        return (deadline - System.nanoTime()) / 1_000_000;
    }

    /** The most buffers that were ever in use at the same time, so ever allocated. */
    public synchronized int peak() {
        return peak;
    }
}
