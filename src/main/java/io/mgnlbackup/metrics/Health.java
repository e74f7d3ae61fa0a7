package io.mgnlbackup.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the sidecar can do its job now; a check runs at most once in a few seconds, however often it is asked. */
public final class Health {

    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final Map<String, Supplier<Check>> checks;
    private final Clock clock;
    private @Nullable Report latest;
    private Instant latestAt = Instant.MIN;

    /** Checks by name. */
    public Health(Map<String, Supplier<Check>> checks, Clock clock) {
        this.checks = Map.copyOf(checks);
        this.clock = clock;
    }

    /** What all checks say. */
    public synchronized Report report() {
        Instant now = clock.instant();
        Report remembered = latest;
        if (remembered == null || !now.isBefore(latestAt.plus(REMEMBERED)) || now.isBefore(latestAt)) {
            remembered = new Report(checks.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(check -> named(check.getKey(), check.getValue().get()))
                    .toList());
            latest = remembered;
            latestAt = now;
        }
        return remembered;
    }

    private static NamedCheck named(String name, Check check) {
        return new NamedCheck(name, check.up() ? "up" : "down", check.error());
    }

    /** What one check says; the error is null when it is up. */
    public record Check(boolean up, @Nullable String error) {

        /** All well. */
        public static final Check UP = new Check(true, null);

        /** Not well, and why. */
        public static Check down(String error) {
            return new Check(false, error);
        }
    }

    /** A check as it stands in the answer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NamedCheck(
            String name, String status, @Nullable String error) {}

    /** All checks. */
    public record Report(List<NamedCheck> checks) {

        /** The checks, without what is wrong where one is down. */
        public List<NamedCheck> withoutErrors() {
            return checks.stream()
                    .map(check -> new NamedCheck(check.name(), check.status(), null))
                    .toList();
        }

        /** Whether every check is up. */
        public boolean up() {
            return checks.stream().allMatch(check -> check.status().equals("up"));
        }
    }
}
