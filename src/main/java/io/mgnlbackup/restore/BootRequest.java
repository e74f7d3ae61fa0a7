package io.mgnlbackup.restore;

import io.mgnlbackup.postgres.RecoverySettings.TargetAction;
import java.net.URI;
import java.nio.file.Path;

/**
 * What is to be restored and where.
 *
 * @param datasource a bundle as JSON: {@code http}, {@code https} or {@code file}; with credentials in it, so never shown
 * @param pgdata the data directory, absent or empty
 * @param action what PostgreSQL does when it has come to the instant
 * @param jobs objects that are read at the same time, at least 1
 */
public record BootRequest(URI datasource, Path pgdata, TargetAction action, int jobs) {

    @Override
    public String toString() {
        return "BootRequest[" + pgdata + "]";
    }
}
