package io.mgnlbackup.basebackup;

import com.github.f4b6a3.ulid.UlidCreator;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.postgres.Lsn;
import io.mgnlbackup.postgres.SegmentSize;
import io.mgnlbackup.postgres.WalSegmentName;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.process.DumpCommand;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a base backup beside those of every backup. Its WAL is not in its archive but comes through the folder as all WAL does:
 * nothing is stored twice, and a busy server cannot recycle a segment before it is copied. So the meta object, which makes the backup
 * count, is written only when the store holds every segment that the backup needs.
 */
public final class BaseBackups {

    private static final Logger LOG = LoggerFactory.getLogger(BaseBackups.class);

    /** How often the store is asked for WAL that another process archives. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Settings settings;
    private final BaseBackupCommand command;
    private final Catalog catalog;
    private final ObjectStore store;
    private final Clock clock;
    private final BooleanSupplier aborted;

    /**
     * Base backups of these settings.
     *
     * @param aborted whether somebody aborted the backup that runs
     */
    public BaseBackups(
            Settings settings,
            BaseBackupCommand command,
            Catalog catalog,
            ObjectStore store,
            Clock clock,
            BooleanSupplier aborted) {
        this.settings = settings;
        this.command = command;
        this.catalog = catalog;
        this.store = store;
        this.clock = clock;
        this.aborted = aborted;
    }

    /** A base backup that begins now. */
    public BaseBackupRun begin() {
        return new BaseBackupRun(clock);
    }

    /** Checks what can be known before, and gives the command to run. */
    public DumpCommand command() {
        return command.checked();
    }

    /** The archive, looked at while it goes by. */
    public Payload look(BaseBackupRun run, Payload archive) {
        return run.look(archive);
    }

    /** The compressed archive, summed up while it goes by. */
    public Payload sum(BaseBackupRun run, Payload compressed) {
        return run.sum(compressed);
    }

    /**
     * Waits until the store holds all WAL that the backup needs, and makes the meta object of it. Without that WAL the base backup is
     * useless and is removed.
     *
     * @throws Problem when the WAL does not come
     */
    public Upload meta(BaseBackupRun run, StoredObject base) throws InterruptedException {
        try {
            return metaOnceArchived(run, base);
        } catch (Problem e) {
            remove(base);
            throw e;
        }
    }

    private void remove(StoredObject base) {
        try {
            store.delete(List.of(base.key()));
        } catch (Problem e) {
            LOG.warn("cannot remove '{}', which does not count without its WAL: {}", base.key(), e.getMessage());
        }
    }

    private Upload metaOnceArchived(BaseBackupRun run, StoredObject base) throws InterruptedException {
        BaseBackupFacts facts = run.facts();
        Optional<SegmentSize> known = catalog.latest().entries().stream()
                .flatMap(entry -> entry.tags().get(ArchiveTags.SEGMENT_BYTES).stream())
                .map(bytes -> new SegmentSize(Integer.parseInt(bytes)))
                .findFirst();
        SegmentSize size = facts.segmentSize(known);
        Lsn stop = facts.stop().isPresent()
                ? facts.stop().get()
                : stopInArchive(facts.label().historyFile(size));
        WalSegmentName first = facts.label().startFile();
        WalSegmentName last = WalSegmentName.holding(first.timeline(), new Lsn(stop.value() - 1), size);
        for (WalSegmentName segment = first; segment.compareTo(last) <= 0; segment = segment.next(size)) {
            archived(segment.toString(), facts.system());
        }
        BaseBackupMeta meta = BaseBackupMeta.of(base, run, facts, size, stop, last);
        return new Upload(key(base), tags(meta), meta.payload());
    }

    /** Before PostgreSQL 13 only the file that the server archives at the end says where that is. */
    private Lsn stopInArchive(String historyFile) throws InterruptedException {
        return archived(historyFile, "")
                .tags()
                .get(ArchiveTags.STOP_LSN)
                .map(Lsn::parse)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.FAILED, "'" + historyFile + "' does not say where the base backup ends"));
    }

    private CatalogEntry archived(String file, String system) throws InterruptedException {
        long begun = System.nanoTime(); // a clock that is set right meanwhile does not end the wait
        Duration nextLook = LOOK;
        while (true) {
            Optional<CatalogEntry> there = catalog.archivedFile(file)
                    .filter(entry -> system.isEmpty()
                            || entry.tags()
                                    .get(ArchiveTags.SYSTEM)
                                    .filter(system::equals)
                                    .isPresent());
            if (there.isPresent()) {
                return there.get();
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            if (aborted.getAsBoolean() || waited.compareTo(settings.dump().timeout()) > 0) {
                throw new Problem(
                        Problem.Kind.FAILED,
                        "the base backup needs the WAL file '" + file + "', which has not come into the store",
                        "does archive_command put files into MGNLBACKUP_SYNC_DIR: see pg_stat_archiver, the log of PostgreSQL and docs/wal.md");
            }
            if (waited.compareTo(nextLook) > 0) {
                LOG.info("the base backup is waiting for the WAL file '{}' to come into the store", file);
                catalog.refresh();
                nextLook = waited.plus(LOOK);
            }
            TimeUnit.NANOSECONDS.sleep(GLANCE.toNanos());
        }
    }

    private static ObjectKey key(StoredObject base) {
        String name = base.key().value();
        return new ObjectKey(name.substring(
                        0, name.length() - BackupKind.BASE_BACKUP.suffix().length())
                + BackupKind.META.suffix());
    }

    private Tags tags(BaseBackupMeta meta) {
        Tags tags = settings.objects()
                .tags()
                .with(Catalog.HERITAGE, settings.objects().heritage())
                .with(Catalog.ULID, UlidCreator.getUlid(clock.millis()).toString());
        return meta.addTo(tags);
    }

    /** The meta object is stored: the backup counts. */
    public StoredObject complete(StoredObject base, StoredObject meta) {
        catalog.stored(base);
        catalog.stored(meta);
        return base;
    }
}
