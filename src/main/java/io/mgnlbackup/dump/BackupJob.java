package io.mgnlbackup.dump;

import com.github.f4b6a3.ulid.UlidCreator;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.process.DumpException;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoreException;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The steps of a backup that are not bytes: reserve, name, tag, and tell how it ended. One backup runs at a time.
 *
 * <p>The order of the steps is in {@code routes/dump.camel.yaml}.
 */
public final class BackupJob {

    private static final Logger LOG = LoggerFactory.getLogger(BackupJob.class);

    private final BackupKind kind;
    private final Settings.Objects objects;
    private final BackupNames names;
    private final Catalog catalog;
    private final SecretMask mask;
    private final BackupListener listener;
    private final Clock clock;
    private @Nullable BackupRun running;
    private @Nullable BackupOutcome last;
    private boolean stopping;

    /** A job that takes backups of this kind, and has nothing running. */
    public BackupJob(
            BackupKind kind,
            Settings.Objects objects,
            Catalog catalog,
            SecretMask mask,
            BackupListener listener,
            Clock clock) {
        this.kind = kind;
        this.objects = objects;
        this.names = new BackupNames(objects.prefix(), kind);
        this.catalog = catalog;
        this.mask = mask;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Claims the one place that there is for a running backup.
     *
     * @throws Problem {@code BUSY} while another one runs, {@code UNAVAILABLE} when the sidecar stops
     */
    public synchronized BackupRun reserve(Trigger trigger) {
        if (stopping) {
            throw new Problem(Problem.Kind.UNAVAILABLE, "cannot start a backup: the sidecar is stopping");
        }
        if (running != null) {
            throw new Problem(
                    Problem.Kind.BUSY,
                    "a backup is running already, one runs at a time",
                    "try again when it is done; the metric 'mgnlbackup_running' tells");
        }
        Instant now = clock.instant();
        Instant second = names.claimSecond(now);
        BackupRun run =
                new BackupRun(UlidCreator.getUlid(now.toEpochMilli()).toString(), trigger, now, names.of(second));
        running = run;
        LOG.info("backup {} started by {}", run.id(), trigger.text());
        return run;
    }

    /** Looks into the store before the database has to work: the store must answer, and the name must be free. */
    public BackupRun begin(BackupRun run) {
        catalog.refresh();
        while (catalog.holds(run.key())) {
            run.rename(names.of(names.claimSecond(clock.instant())));
        }
        return run;
    }

    /** Counts what the dump command writes, and makes it stoppable. */
    public Payload follow(BackupRun run, Payload payload) {
        return run.follow(payload);
    }

    /** Gives the payload its name and tags. */
    public Upload upload(BackupRun run, Payload payload) {
        return new Upload(run.key(), tags(run), payload);
    }

    /** The backup is in the store. */
    public BackupOutcome succeed(BackupRun run, StoredObject stored) {
        BackupOutcome outcome = outcome(run, stored.size(), tags(run), Optional.empty());
        LOG.info(
                "backup {} done: '{}' has {} bytes ({} dumped) after {}",
                run.id(),
                stored.key(),
                stored.size(),
                run.dumpedBytes(),
                text(outcome.duration()));
        return end(outcome);
    }

    /** The backup failed; nothing of it is visible in the store. */
    public BackupOutcome fail(BackupRun run, Throwable cause) {
        Problem problem = problem(run, cause);
        BackupOutcome outcome = outcome(run, 0, Tags.NONE, Optional.of(problem));
        // On the command line the command itself says why, as its last words.
        LOG.atLevel(run.trigger() == Trigger.COMMAND_LINE ? Level.DEBUG : Level.ERROR)
                .log(
                        "backup {} failed after {}: {}{}{}",
                        run.id(),
                        text(outcome.duration()),
                        problem.getMessage(),
                        problem.hint().map(hint -> "\nhint: " + hint).orElse(""),
                        problem.detail().map(detail -> "\n" + detail).orElse(""));
        LOG.debug("backup {} failed", run.id(), cause);
        return end(outcome);
    }

    /** Gives the place free again. */
    public synchronized void release(BackupRun run) {
        if (running == run) {
            running = null;
            notifyAll();
        }
    }

    /** Whether somebody aborted the backup that runs. */
    public boolean isAborted() {
        return running().filter(run -> run.abortReason() != null).isPresent();
    }

    /** What runs now. */
    public synchronized Optional<BackupRun> running() {
        return Optional.ofNullable(running);
    }

    /** How the last backup of this process ended. */
    public synchronized Optional<BackupOutcome> last() {
        return Optional.ofNullable(last);
    }

    /**
     * Ends in good order: no backup starts any more, one that runs may go on for some time and is aborted then.
     *
     * @param patience how long a running backup may go on
     * @param abortPatience how long an aborted one may take to leave nothing behind
     */
    public void stop(Duration patience, Duration abortPatience) throws InterruptedException {
        synchronized (this) {
            stopping = true;
        }
        if (!idleWithin(patience)) {
            running().ifPresent(run -> run.abort("the sidecar is stopping"));
            if (!idleWithin(abortPatience)) {
                LOG.warn("a backup did not end in time; what it leaves behind is removed at the next start");
            }
        }
    }

    /** Whether the sidecar takes backups; false once it is stopping. */
    public synchronized boolean takesBackups() {
        return !stopping;
    }

    private synchronized boolean idleWithin(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (running != null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private BackupOutcome end(BackupOutcome outcome) {
        synchronized (this) {
            last = outcome;
        }
        listener.ended(outcome);
        return outcome;
    }

    private BackupOutcome outcome(BackupRun run, long size, Tags tags, Optional<Problem> error) {
        return new BackupOutcome(
                run.id(),
                run.key().value(),
                size,
                run.dumpedBytes(),
                run.startedAt(),
                Duration.between(run.startedAt(), clock.instant()),
                tags,
                error);
    }

    private Tags tags(BackupRun run) {
        Tags own = kind == BackupKind.BASE_BACKUP
                ? objects.tags().with(ArchiveTags.VARIANT, ArchiveTags.TX_LOG_ARCHIVING)
                : objects.tags();
        return catalog.withIntervals(own.with(ArchiveTags.SEALED, ArchiveTags.SEALED_WITH), run.startedAt())
                .with(Catalog.HERITAGE, objects.heritage())
                .with(Catalog.ULID, run.id());
    }

    private Problem problem(BackupRun run, Throwable cause) {
        String aborted = run.abortReason();
        if (aborted != null) {
            return new Problem(Problem.Kind.UNAVAILABLE, "the backup was aborted: " + aborted, null, null, cause);
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof DumpException failed) {
                return new Problem(
                        Problem.Kind.FAILED, mask.mask(failed.getMessage()), null, failed.stderrTail(), cause);
            }
        }
        if (cause instanceof StoreException store) {
            return store;
        }
        if (cause instanceof Problem problem) {
            return problem;
        }
        return new Problem(Problem.Kind.FAILED, mask.mask("the backup failed: " + cause), null, null, cause);
    }

    private static String text(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
