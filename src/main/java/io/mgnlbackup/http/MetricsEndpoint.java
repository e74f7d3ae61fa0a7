package io.mgnlbackup.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Answers {@code /metrics} in the Prometheus text format 0.0.4, whatever the client accepts: in OpenMetrics our names would change. */
public final class MetricsEndpoint {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    /** Exposes a registry. */
    public MetricsEndpoint(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /** All metrics. */
    public Answer scrape(Request request) {
        return new Answer(200, TEXT_FORMAT, registry.scrape(TEXT_FORMAT));
    }
}
