package io.mgnlbackup.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The registry that is scraped, with the meters of the process ({@code process_*}) and the JVM under their usual names. */
public final class Meters {

    private static final Set<String> SAID_ELSEWHERE = Set.of("eventType", "kind", "serviceName", "camelContext");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Registers them. */
    public Meters() {
        registry.config().meterFilter(new PlainLabels());
        JvmMetrics.builder().register(registry.getPrometheusRegistry());
    }

    /** Where every meter is registered. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Gives Camel's meters labels in Prometheus' way of writing, and leaves out those that say the same everywhere. */
    private static final class PlainLabels implements MeterFilter {

        @Override
        public MeterFilterReply accept(Meter.Id id) {
            return id.getName().equals("app.info") ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
        }

        @Override
        public Meter.Id map(Meter.Id id) {
            if (!id.getName().startsWith("camel.")) {
                return id;
            }
            List<Tag> tags = StreamSupport.stream(id.getTagsAsIterable().spliterator(), false)
                    .filter(tag -> !SAID_ELSEWHERE.contains(tag.getKey()))
                    .map(tag -> Tag.of(snakeCase(tag.getKey()), tag.getValue()))
                    .toList();
            return id.replaceTags(tags);
        }

        private static String snakeCase(String name) {
            return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        }
    }
}
