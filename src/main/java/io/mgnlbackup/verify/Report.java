package io.mgnlbackup.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a verification found.
 *
 * @param verdicts in store order, and what is missing behind them
 */
public record Report(Instant startedAt, Duration duration, List<Verdict> verdicts) {

    /** Copies the list. */
    public Report {
        verdicts = List.copyOf(verdicts);
    }

    /** Objects in this state. */
    public long count(Verdict.State state) {
        return verdicts.stream().filter(verdict -> verdict.state() == state).count();
    }

    /** Bytes that were read. */
    public long bytes() {
        return verdicts.stream().mapToLong(Verdict::bytes).sum();
    }

    /** Whether nothing is damaged, missing or could not be read. */
    public boolean isGood() {
        return verdicts.stream().noneMatch(verdict -> verdict.state().isBad());
    }
}
