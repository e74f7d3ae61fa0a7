package io.mgnlbackup.page;

import io.mgnlbackup.dump.BackupJob;
import io.mgnlbackup.dump.BackupRun;
import io.mgnlbackup.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How far the backup is that runs, as the script of the page reads it. */
public final class LiveState {

    private final BackupJob job;
    private final Clock clock;

    /** The state of this job. */
    public LiveState(BackupJob job, Clock clock) {
        this.job = job;
        this.clock = clock;
    }

    /** One line of JSON: {@code running}, {@code bytes} dumped, {@code seconds} since the start. */
    public String json() {
        Optional<BackupRun> run = job.running();
        return Json.text(Map.of(
                "running",
                run.isPresent(),
                "bytes",
                run.map(BackupRun::dumpedBytes).orElse(0L),
                "seconds",
                run.map(running -> Duration.between(running.startedAt(), clock.instant())
                                        .toMillis()
                                / 1000.0)
                        .orElse(0.0)));
    }
}
