package io.mgnlbackup.metrics;

import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.schedule.VerifySchedule;
import io.mgnlbackup.verify.Verdict.State;
import io.mgnlbackup.verify.Verified;
import io.mgnlbackup.verify.VerifyJob;
import io.mgnlbackup.verify.VerifyOrder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The meters of verification. The scrape reads what is remembered and asks no store. */
public final class VerifyMetrics {

    private final MeterRegistry registry;

    /** Registers nothing yet. */
    public VerifyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Registers what is known of the objects that the catalog saw last. */
    public void watch(VerifyJob job, Catalog catalog) {
        for (State state : List.of(State.GOOD, State.UNPROVEN, State.DAMAGED)) {
            objects(state.text(), job, catalog, Optional.of(state));
        }
        objects("unchecked", job, catalog, Optional.empty());
        Gauge.builder("mgnlbackup_verify_last_timestamp_seconds", job, VerifyMetrics::ended)
                .description(
                        "End of the last verification that could read all that it wanted, Unix time; 0 if there was none.")
                .register(registry);
        FunctionCounter.builder("mgnlbackup_verify_read_bytes", job, VerifyJob::bytes)
                .description("Bytes that were read back from the store since the start.")
                .register(registry);
    }

    private void objects(String result, VerifyJob job, Catalog catalog, Optional<State> state) {
        Gauge.builder("mgnlbackup_verified_objects", catalog, seen -> count(seen, job, state))
                .description("Objects in the store, by what is known of them since they were read back.")
                .tag("result", result)
                .register(registry);
    }

    private static double count(Catalog catalog, VerifyJob job, Optional<State> state) {
        return catalog.latest().entries().stream()
                .filter(VerifyOrder::lasts)
                .filter(entry -> job.journal().of(entry).map(Verified::state).equals(state))
                .count();
    }

    private static double ended(VerifyJob job) {
        return seconds(job.journal().ended());
    }

    /** Registers what an alert compares the last verification with, whatever the schedule. */
    public void expect(VerifySchedule schedule) {
        Gauge.builder(
                        "mgnlbackup_verify_expected_timestamp_seconds",
                        schedule,
                        due -> due.lastButOne().map(VerifyMetrics::seconds).orElse(0.0))
                .description(
                        "Due time of a verification before the last one, Unix time; a newer one has to have ended. 0 if there was none.")
                .register(registry);
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
