package io.mgnlbackup.restore;

import java.util.Optional;

/**
 * How a boot ended.
 *
 * @param restored false when the folder already held a cluster, which was left alone
 * @param baseBackup the name of what was restored; empty when nothing was
 * @param target where recovery will stop; empty for the end of the WAL
 */
public record BootOutcome(boolean restored, String baseBackup, Optional<String> target, int walFiles, long bytes) {

    static final BootOutcome NOTHING_TO_DO = new BootOutcome(false, "", Optional.empty(), 0, 0);
}
