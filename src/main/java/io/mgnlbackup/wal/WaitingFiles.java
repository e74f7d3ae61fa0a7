package io.mgnlbackup.wal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What lies in the archive folder at one time.
 *
 * @param names of WAL files
 * @param bytes of all of them
 * @param oldest when the oldest was written; empty when none waits
 */
public record WaitingFiles(Set<String> names, long bytes, Optional<Instant> oldest) {

    /** Copies the set. */
    public WaitingFiles {
        names = Set.copyOf(names);
    }
}
