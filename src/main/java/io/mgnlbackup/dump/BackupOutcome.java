package io.mgnlbackup.dump;

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

    /** This outcome, or the problem thrown when the backup failed. */
    public BackupOutcome orThrow() {
        error.ifPresent(problem -> {
            throw problem;
        });
        return this;
    }
}
