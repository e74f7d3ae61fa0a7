package io.mgnlbackup.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Hands on the body of a message, and does to it what a fault says. */
final class FaultyStream extends FilterOutputStream {

    private final Fault fault;
    private long count;

    FaultyStream(OutputStream out, Fault fault) {
        super(out);
        this.fault = fault;
    }

    /** Comes before the first byte, for a limit of none. */
    void begin() throws IOException {
        if (fault.amount() == 0) {
            atTheLimit();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int before = (int) Math.min(length, Math.max(0, fault.amount() - count));
        pass(bytes, offset, before);
        if (before > 0 && count == fault.amount()) {
            atTheLimit();
        }
        pass(bytes, offset + before, length - before);
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
        boolean behind = count >= fault.amount();
        switch (fault.kind()) {
            case SHORTEN_REQUEST -> out.write(bytes, offset, behind ? 0 : length);
            case FLIP_REQUEST, FLIP_ANSWER -> {
                if (count == fault.amount() && length > 0) {
                    bytes[offset] ^= 1;
                }
                out.write(bytes, offset, length);
            }
            case SLOW -> {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(length) / Math.max(1, fault.amount()));
                out.write(bytes, offset, length);
            }
            default -> out.write(bytes, offset, length);
        }
        count += length;
    }

    private void atTheLimit() throws IOException {
        out.flush();
        boolean lost = switch (fault.kind()) {
            case LOSE_REQUEST, CUT_ANSWER -> true;
            case STALL_REQUEST -> !fault.awaitRelease();
            default -> false;
        };
        if (lost) {
            throw new IOException("lost on purpose");
        }
    }
}
