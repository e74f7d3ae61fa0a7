package io.mgnlbackup.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.Supplier;

/** The meter of the port's certificate. */
public final class TlsMetrics {

    /** Registers it. */
    public TlsMetrics(MeterRegistry registry, Supplier<Instant> expiry) {
        Gauge.builder(
                        "mgnlbackup_tls_certificate_expiry_timestamp_seconds",
                        () -> expiry.get().toEpochMilli() / 1000.0)
                .description("End of the certificate that the port shows, Unix time.")
                .register(registry);
    }
}
