package io.mgnlbackup.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** The meters of access control. Each is there from the start, so that a rate sees the first request that is refused. */
public final class AccessMetrics {

    private static final List<Integer> STATUSES = List.of(401, 403, 429);

    private final MeterRegistry registry;

    /** Registers them. */
    public AccessMetrics(MeterRegistry registry) {
        this.registry = registry;
        STATUSES.forEach(this::of);
    }

    /** A request was refused with this status. */
    public void refused(int status) {
        of(status).increment();
    }

    private Counter of(int status) {
        return Counter.builder("mgnlbackup_refused_requests")
                .description("Requests that access control has refused since the start, by the status that they got.")
                .tag("status", Integer.toString(status))
                .register(registry);
    }
}
