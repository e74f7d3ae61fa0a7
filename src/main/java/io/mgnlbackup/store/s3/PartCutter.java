package io.mgnlbackup.store.s3;

import io.mgnlbackup.store.PartBuffers;
import io.mgnlbackup.store.PayloadReader;
import java.util.ArrayList;
import java.util.List;

/** Cuts a source into parts, as many buffers each as the plan says. */
final class PartCutter {

    private final PayloadReader source;
    private final PartPlan plan;
    private final PartBuffers buffers;
    private int number;

    PartCutter(PayloadReader source, PartPlan plan, PartBuffers buffers) {
        this.source = source;
        this.plan = plan;
        this.buffers = buffers;
    }

    /** The next part; one of no bytes when the source ended with the part before. */
    Part next() throws InterruptedException {
        number++;
        List<byte[]> filled = new ArrayList<>();
        long before = source.count();
        boolean done = false;
        try {
            while (filled.size() < plan.buffersOf(number) && !source.ended()) {
                byte[] buffer = buffers.take(plan.buffersInUse(number));
                filled.add(buffer);
                source.fill(buffer);
            }
            done = true;
        } finally {
            if (!done) {
                buffers.give(filled);
            }
        }
        return new Part(number, List.copyOf(filled), source.count() - before);
    }
}
