package io.mgnlbackup.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * A target that also has to be quick and modest. Counts the time and the memory of its own thread alone, so that a busy machine changes
 * nothing.
 */
final class Bounded implements FuzzTarget {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** For an input of some kilobytes. */
    private static final long MOST_NANOS = 1_000_000_000;

    private static final long MOST_BYTES = 64 << 20;

    /** What a fuzzer adds to the code takes time and memory as well. */
    private static volatile int allowance = 1;

    private final FuzzTarget target;

    Bounded(FuzzTarget target) {
        this.target = target;
    }

    /** From now on, inputs may take so many times the time and memory. */
    static void allow(int times) {
        allowance = times;
    }

    @Override
    public void run(byte[] input) throws Exception {
        if (excess(input).isPresent()) { // it may have been the first to load some classes
            Optional<String> again = excess(input);
            Fuzzed.require(again.isEmpty(), again.orElse(""), input.length);
        }
    }

    private Optional<String> excess(byte[] input) throws Exception {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long started = THREADS.getCurrentThreadCpuTime();
        target.run(input);
        long nanos = THREADS.getCurrentThreadCpuTime() - started;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (nanos > MOST_NANOS * allowance) {
            return Optional.of("an input takes %d ms".formatted(nanos / 1_000_000));
        }
        return bytes > MOST_BYTES * allowance
                ? Optional.of("an input takes %d bytes of memory".formatted(bytes))
                : Optional.empty();
    }
}
