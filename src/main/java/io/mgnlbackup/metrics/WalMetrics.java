package io.mgnlbackup.metrics;

import io.mgnlbackup.postgres.WalFileName;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.wal.GapWatch;
import io.mgnlbackup.wal.WaitingFiles;
import io.mgnlbackup.wal.WalFolder;
import io.mgnlbackup.wal.WalGate;
import io.mgnlbackup.wal.WalListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The meters of WAL archiving. */
public final class WalMetrics implements WalListener {

    /** One scrape asks several gauges, and a folder with a backlog is not listed for each. */
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter archived;
    private final Counter failures;
    private volatile Instant lastArchivedAt = Instant.EPOCH;
    private volatile String lastSegment = "";
    private WaitingFiles waiting = new WaitingFiles(Set.of(), 0, Optional.empty());
    private Instant waitingAt = Instant.EPOCH;

    /** Registers the counters. */
    public WalMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        archived = Counter.builder("mgnlbackup_wal_archived")
                .description("Files that were archived since the start.")
                .register(registry);
        failures = Counter.builder("mgnlbackup_wal_errors")
                .description("Times since the start that a file could not be archived.")
                .register(registry);
    }

    /** Registers the gauges that read these. */
    public void watch(WalFolder folder, WalGate gate, GapWatch gaps) {
        gauge(
                folder,
                "mgnlbackup_wal_waiting_files",
                "Files that wait in the archive folder.",
                found -> found.names().size());
        gauge(folder, "mgnlbackup_wal_waiting_bytes", "Bytes that wait in the archive folder.", WaitingFiles::bytes);
        gauge(
                folder,
                "mgnlbackup_wal_oldest_waiting_seconds",
                "Age of the oldest file that waits; 0 if none does.",
                found -> found.oldest()
                        .map(oldest -> Math.max(
                                0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0))
                        .orElse(0.0));
        Gauge.builder("mgnlbackup_wal_last_archived_timestamp_seconds", this, WalMetrics::lastTime)
                .description("When a file was archived last, Unix time; 0 if none was since the start.")
                .register(registry);
        Gauge.builder("mgnlbackup_wal_last_archived_segment", this, WalMetrics::lastNumber)
                .description("The segment that was archived last, as the number in the last 16 digits of its name.")
                .register(registry);
        Gauge.builder(
                        "mgnlbackup_wal_gaps",
                        gaps,
                        watch -> watch.latest().stream()
                                .mapToLong(gap -> gap.count())
                                .sum())
                .description("Segments that are missing although later ones are archived.")
                .register(registry);
        Gauge.builder("mgnlbackup_wal_broken_files", gate, WalGate::needAttention)
                .description("Files that stay in the archive folder until somebody looks at them.")
                .register(registry);
    }

    private void gauge(WalFolder folder, String name, String description, ToDoubleFunction<WaitingFiles> value) {
        Gauge.builder(name, folder, seen -> value.applyAsDouble(waiting(seen)))
                .description(description)
                .register(registry);
    }

    private synchronized WaitingFiles waiting(WalFolder folder) {
        Instant now = clock.instant();
        if (now.isAfter(waitingAt.plus(REMEMBERED)) || now.isBefore(waitingAt)) {
            try {
                waiting = folder.waiting();
            } catch (Problem e) {
                waiting = new WaitingFiles(Set.of(), 0, Optional.empty()); // health says that the folder is gone
            }
            waitingAt = now;
        }
        return waiting;
    }

    private double lastTime() {
        return lastArchivedAt.toEpochMilli() / 1000.0;
    }

    private double lastNumber() {
        String segment = lastSegment;
        return segment.isEmpty() ? 0 : Long.parseUnsignedLong(segment.substring(8), 16);
    }

    @Override
    public void archived(WalFileName name) {
        archived.increment();
        lastArchivedAt = clock.instant();
        if (name.kind() == WalFileName.Kind.SEGMENT) {
            lastSegment = name.text();
        }
    }

    @Override
    public void failed() {
        failures.increment();
    }
}
