package io.mgnlbackup.dump;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a backup ended: what travels to {@code direct:backup-succeeded} and {@code direct:backup-failed}.
 *
 * @param id a ULID
 * @param name the object's name; when the backup failed, the name that it would have had
 * @param size bytes in the store; 0 when the backup failed
 * @param dumpedBytes bytes that the dump command wrote
 * @param error why it failed; empty when it succeeded
 */
public record BackupOutcome(
        String id,
        String name,
        long size,
        long dumpedBytes,
        Instant startedAt,
        Duration duration,
        Tags tags,
        Optional<Problem> error) {

    /** Whether there is a new backup in the store. */
    public boolean succeeded() {
        return error.isEmpty();
    }

    /** What failed, in one line; empty when it succeeded. */
    public String message() {
        return error.map(Problem::getMessage).orElse("");
    }

    /**
     * The outcome as JSON, for a webhook: {@code status} ({@code succeeded} or {@code failed}), {@code name}, {@code size}, {@code
     * dumped_bytes}, {@code started_at}, {@code seconds}, and {@code error} when it failed.
     */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", succeeded() ? "succeeded" : "failed");
        json.put("name", name);
        json.put("size", size);
        json.put("dumped_bytes", dumpedBytes);
        json.put("started_at", startedAt.toString());
        json.put("seconds", duration.toMillis() / 1000.0);
        error.ifPresent(problem -> json.put("error", problem.getMessage()));
        return json.toString();
    }

    /** This outcome, or the problem thrown when the backup failed. */
    public BackupOutcome orThrow() {
        error.ifPresent(problem -> {
            throw problem;
        });
        return this;
    }
}
