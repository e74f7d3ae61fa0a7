package io.mgnlbackup.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a verification found.
 *
 * @param verdicts in the order of reading, and what is missing behind them
 * @param failure why it came to no end; empty when it did
 */
public record Report(Instant startedAt, Duration duration, List<Verdict> verdicts, Optional<String> failure) {

    private static final int NAMED = 5;

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

    /** Whether it came to its end, and nothing is damaged, missing or could not be read. */
    public boolean isGood() {
        return failure.isEmpty() && bad().isEmpty();
    }

    private List<Verdict> bad() {
        return verdicts.stream().filter(verdict -> verdict.state().isBad()).toList();
    }

    /** What is wrong, in one line; empty when all is well. */
    public String message() {
        List<Verdict> bad = bad();
        String reasons = bad.stream()
                        .limit(NAMED)
                        .map(verdict -> verdict.state().text() + ": " + verdict.named())
                        .collect(Collectors.joining("; "))
                + (bad.size() > NAMED ? "; and " + (bad.size() - NAMED) + " more" : "");
        return failure.map(why -> "the verification failed: " + why + (reasons.isEmpty() ? "" : "; " + reasons))
                .orElse(reasons);
    }

    /**
     * The report as JSON, for a webhook: {@code status} ({@code verified}, {@code damaged} or {@code failed}), how many objects are {@code good},
     * {@code unproven}, {@code damaged}, {@code unreadable} and {@code missing}, {@code bytes}, {@code started_at}, {@code seconds}, {@code objects} with the
     * names of damaged ones, and {@code error} when something is wrong.
     */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", isGood() ? "verified" : count(Verdict.State.DAMAGED) > 0 ? "damaged" : "failed");
        for (Verdict.State state : Verdict.State.values()) {
            json.put(state.text(), count(state));
        }
        json.put("bytes", bytes());
        json.put("started_at", startedAt.toString());
        json.put("seconds", duration.toMillis() / 1000.0);
        ArrayNode damaged = json.putArray("objects");
        bad().stream()
                .filter(verdict -> verdict.state() == Verdict.State.DAMAGED)
                .forEach(verdict -> damaged.add(verdict.name()));
        if (!isGood()) {
            json.put("error", message());
        }
        return json.toString();
    }
}
