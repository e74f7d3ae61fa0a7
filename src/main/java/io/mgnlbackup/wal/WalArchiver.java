package io.mgnlbackup.wal;

import com.github.f4b6a3.ulid.UlidCreator;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.BaseBackup;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.catalog.CatalogEntry;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import io.mgnlbackup.store.ObjectKey;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.store.Payload;
import io.mgnlbackup.store.StoredObject;
import io.mgnlbackup.store.Tags;
import io.mgnlbackup.store.Upload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that bring one file from the archive folder into the store: examine, pack, and remember that it is there. Safe for many
 * threads, each with a file of its own. Nothing here deletes: the route does, and only when every step went well.
 */
public final class WalArchiver {

    private static final Logger LOG = LoggerFactory.getLogger(WalArchiver.class);

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final Settings.Objects objects;
    private final Catalog catalog;
    private final ObjectStore store;
    private final WalGate gate;
    private final WalListener listener;

    /** Archives files as objects of these names and tags. */
    public WalArchiver(
            Settings.Objects objects, Catalog catalog, ObjectStore store, WalGate gate, WalListener listener) {
        this.objects = objects;
        this.catalog = catalog;
        this.store = store;
        this.gate = gate;
        this.listener = listener;
    }

    /**
     * Reads a file and compares it with what is archived already.
     *
     * @throws WalException when it belongs to another cluster, or another file of its name is archived
     */
    public WalFile examine(File path) throws IOException {
        WalFile file = WalFile.read(path.toPath());
        checkCluster(file);
        return file;
    }

    private void checkCluster(WalFile file) {
        Optional<String> known = catalog.system();
        Optional<String> its = file.system();
        if (known.isPresent() && its.isPresent() && !known.equals(its)) {
            throw new WalException(
                    "'%s' is of the cluster with the system identifier %s, and the archive is of %s: it stays in the folder"
                            .formatted(file.name().text(), its.get(), known.get()),
                    "does another server archive into this folder; if the cluster was made anew, take a base backup of it (POST /dump),"
                            + " after which its WAL is taken");
        }
    }

    /** Whether the store holds this very file, so that nothing is left to do but to delete it here. */
    public boolean isArchived(WalFile file) {
        Optional<CatalogEntry> there =
                catalog.archivedFile(file.name().text()).filter(entry -> sameCluster(entry.tags(), file));
        if (there.isEmpty()) {
            checkNothingIsHidden(file);
            return false;
        }
        String sha256 = there.get().tags().get(ArchiveTags.SHA256).orElse("");
        if (!sha256.equals(file.sha256())) {
            throw new WalException(
                    "'%s' differs from the file of this name that is archived as '%s': it stays in the folder"
                            .formatted(file.name().text(), there.get().name()),
                    "do two servers archive into one folder, or was the cluster restored without a new timeline");
        }
        return stillThere(there.get());
    }

    private static boolean sameCluster(Tags archived, WalFile file) {
        Optional<String> its = file.system();
        return its.isEmpty() || archived.get(ArchiveTags.SYSTEM).equals(its);
    }

    /** An object whose tags nobody could read may be this file. */
    private void checkNothingIsHidden(WalFile file) {
        catalog.latest().unreadable().stream()
                .filter(name -> name.contains(file.name().text()))
                .findFirst()
                .ifPresent(name -> {
                    throw new Problem(
                            Problem.Kind.UNAVAILABLE,
                            "cannot tell whether '" + file.name().text() + "' is archived already: '" + name
                                    + "' cannot be read",
                            "check that the credentials may read the metadata of every object");
                });
    }

    /** The last look may be old, and a local file is about to be deleted. */
    private boolean stillThere(CatalogEntry entry) {
        try {
            store.head(entry.object().key());
            return true;
        } catch (Problem e) {
            if (e.kind() == Problem.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** The file as a tar archive. */
    public Payload pack(WalFile file) throws IOException {
        return OneFileTar.of(file);
    }

    /** Gives the payload its name and tags. */
    public Upload upload(WalFile file, Payload payload) {
        return new Upload(key(file), tags(file), payload);
    }

    /** The same for the same file, so that a second upload after a crash replaces the first. */
    private ObjectKey key(WalFile file) {
        String prefix = objects.prefix().isEmpty() ? "" : objects.prefix() + "-";
        return new ObjectKey(
                prefix + SECOND.format(file.modified()) + "-" + file.name().text() + BackupKind.WAL.suffix());
    }

    private Tags tags(WalFile file) {
        Tags tags = objects.tags()
                .with(Catalog.HERITAGE, objects.heritage())
                .with(
                        Catalog.ULID,
                        UlidCreator.getUlid(file.modified().toEpochMilli()).toString())
                .with(ArchiveTags.VARIANT, ArchiveTags.TX_LOG_ARCHIVING)
                .with(ArchiveTags.FILE, file.name().text())
                .with(ArchiveTags.SHA256, file.sha256())
                .with(ArchiveTags.SEALED, ArchiveTags.SEALED_WITH);
        tags = with(
                tags,
                ArchiveTags.PARENT,
                catalog.newestBase().map(base -> base.base().name()));
        tags = with(
                tags,
                ArchiveTags.START,
                catalog.newestBase().map(BaseBackup::startedAt).map(Instant::toString));
        tags = with(tags, ArchiveTags.TIMELINE, file.name().timeline().map(String::valueOf));
        tags = with(tags, ArchiveTags.SYSTEM, file.system().or(catalog::system));
        if (file.header().isPresent()) {
            String segment = file.name().text().substring(0, 24);
            tags = tags.with(ArchiveTags.FIRST, segment)
                    .with(ArchiveTags.LAST, segment)
                    .with(
                            ArchiveTags.SEGMENT_BYTES,
                            String.valueOf(file.header().get().segmentSize().bytes()));
        }
        tags = with(tags, ArchiveTags.FIRST_COMMIT, file.times().first().map(Instant::toString));
        tags = with(tags, ArchiveTags.LAST_COMMIT, file.times().last().map(Instant::toString));
        tags = with(
                tags,
                ArchiveTags.START_LSN,
                file.label().map(label -> label.start().toString()));
        tags = with(
                tags,
                ArchiveTags.STOP_LSN,
                file.label().flatMap(label -> label.stop().map(Object::toString)));
        return with(
                tags,
                ArchiveTags.HISTORY,
                file.history().map(history -> history.newest(MOST_ANCESTORS).toText()));
    }

    /** Timelines that fit into a tag; the file itself has them all. */
    private static final int MOST_ANCESTORS = 10;

    private static Tags with(Tags tags, String name, Optional<String> value) {
        return value.map(text -> tags.with(name, text)).orElse(tags);
    }

    /** The store has confirmed the object. */
    public void stored(WalFile file, StoredObject object) {
        LOG.info("archived '{}' as '{}', {} bytes", file.name().text(), object.key(), object.size());
        catalog.stored(object);
        listener.archived(file.name());
    }

    /**
     * The last step before the local file is deleted.
     *
     * @throws Problem when the file is not the one any more that the store holds
     */
    public void release(WalFile file) throws IOException {
        if (!file.isUnchanged()) {
            throw new Problem(
                    Problem.Kind.FAILED,
                    "'" + file.name().text() + "' was written again while it was archived",
                    "archive_command must not write a file under its name: see docs/wal.md");
        }
        gate.stored(file.name().text());
    }

    /** A step failed; the file stays where it is. */
    public void failed(File path, Throwable failure) {
        gate.failed(Path.of(path.getName()).toString(), failure);
        LOG.debug("'{}' was not archived", path, failure);
    }
}
