package io.mgnlbackup.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mgnlbackup.catalog.ArchiveTags;
import io.mgnlbackup.config.ByteSize;
import io.mgnlbackup.format.BundleDocument;
import io.mgnlbackup.format.Expected;
import io.mgnlbackup.format.FormatException;
import io.mgnlbackup.format.MetaObject;
import io.mgnlbackup.format.PackedWalFile;
import io.mgnlbackup.format.TarGz;
import io.mgnlbackup.postgres.RecoverySettings;
import io.mgnlbackup.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores a bundle into a data directory, once. */
public final class BootJob {

    private static final Logger LOG = LoggerFactory.getLogger(BootJob.class);

    /** A list of objects; a year of busy WAL has some ten thousand. */
    private static final int MOST_DOCUMENT_BYTES = 256 << 20;

    private static final long END_PATIENCE_SECONDS = 90;

    private static final Set<Byte> FILES_AND_FOLDERS =
            Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG, TarConstants.LF_DIR);

    private final BootRequest request;
    private final LongConsumer progress;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;

    /**
     * Restores nothing yet.
     *
     * @param progress is told of bytes as they come, from any thread
     */
    public BootJob(BootRequest request, LongConsumer progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Restores.
     *
     * @throws Problem when it cannot; the folder is as it was before
     */
    public BootOutcome run() {
        try {
            if (DataDirectory.holdsCluster(request.pgdata())) {
                return BootOutcome.NOTHING_TO_DO;
            }
            return restore();
        } catch (IOException e) {
            throw failed(e);
        } finally {
            ended.countDown();
        }
    }

    /** Stops it from another thread, and waits until the folder is as it was before. */
    public void cancel() {
        cancelled = true;
        try {
            if (!ended.await(END_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the restore does not end; the next one removes what is left in '{}'", request.pgdata());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private BootOutcome restore() throws IOException {
        BootPlan plan = BootPlan.of(document(), request.action());
        DataDirectory directory = DataDirectory.open(request.pgdata());
        boolean done = false;
        try {
            checkRoom(directory, plan);
            LOG.info(
                    "restoring '{}' and {} WAL files into '{}'",
                    plan.base().name(),
                    plan.wal().size(),
                    request.pgdata());
            long bytes = download(directory, plan);
            configure(directory, plan.recovery());
            directory.commit();
            done = true;
            return new BootOutcome(
                    true,
                    plan.base().name(),
                    plan.recovery().target().map(Object::toString),
                    plan.wal().size(),
                    bytes);
        } finally {
            if (!done) {
                abandon(directory);
            }
        }
    }

    private void abandon(DataDirectory directory) {
        try {
            directory.abandon();
        } catch (IOException e) {
            LOG.warn("cannot clear '{}', the next restore will: {}", request.pgdata(), e.toString());
        }
    }

    private BundleDocument document() throws IOException {
        checkFile();
        byte[] json;
        try (InputStream in = new LinkStream("the datasource", request.datasource(), -1, () -> cancelled, read -> {})) {
            json = in.readNBytes(MOST_DOCUMENT_BYTES);
        }
        return read(json);
    }

    /** What was behind the link, as a bundle. */
    static BundleDocument read(byte[] json) {
        try {
            return new ObjectMapper().readValue(json, BundleDocument.class);
        } catch (IOException | RuntimeException e) { // also bytes that are no text in any encoding
            LOG.debug("the datasource cannot be read", e);
            throw new Problem(
                    Problem.Kind.FAILED,
                    "the datasource is no bundle: what is behind the link is not the JSON that is expected",
                    "give the text in the field 'link' that /bundle/...?mode=restore&upload answers, nothing around it");
        }
    }

    /** A link that was not filled in looks like the name of a file, and no second try makes one. It may be half a link, so it is not shown. */
    private void checkFile() {
        URI source = request.datasource();
        if ("file".equals(source.getScheme()) && !Files.isRegularFile(Path.of(source))) {
            throw new Problem(
                    Problem.Kind.FAILED,
                    "cannot restore into '" + request.pgdata()
                            + "': the datasource is neither a URL nor a file that is there",
                    "give the text in the field 'link' that /bundle/...?mode=restore&upload answers, or a file with what is behind it");
        }
    }

    private static void checkRoom(DataDirectory directory, BootPlan plan) throws IOException {
        long free = directory.freeBytes();
        if (plan.diskBytes() > free) {
            throw new Problem(
                    Problem.Kind.FAILED,
                    "the data directory needs about " + ByteSize.format(plan.diskBytes()) + ", and its disk has "
                            + ByteSize.format(free) + " left",
                    "give it a larger disk");
        }
    }

    /** Reads all objects, a few at a time; the first failure stops the others. */
    private long download(DataDirectory directory, BootPlan plan) throws IOException {
        directory.makeFolder(RecoverySettings.WAL_FOLDER);
        List<Callable<Void>> tasks = new ArrayList<>();
        tasks.add(() -> meta(plan.meta()));
        tasks.add(() -> base(directory, plan));
        plan.wal().forEach(item -> tasks.add(() -> wal(directory, item)));
        ExecutorService threads = Executors.newFixedThreadPool(request.jobs());
        ExecutorCompletionService<Void> results = new ExecutorCompletionService<>(threads);
        try {
            tasks.forEach(results::submit);
            for (int i = 0; i < tasks.size(); i++) {
                results.take().get();
            }
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            stop(threads);
        }
        return plan.base().size()
                + plan.wal().stream().mapToLong(BundleDocument.Item::size).sum();
    }

    private static IOException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Problem problem) {
            throw problem;
        }
        return e.getCause() instanceof IOException failure ? failure : new IOException(String.valueOf(e.getCause()), e);
    }

    /** Nothing may write any more when the folder is cleared. */
    private void stop(ExecutorService threads) {
        boolean before = cancelled;
        cancelled = true; // tells the streams
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(END_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("some downloads do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cancelled = before;
    }

    private InputStream open(BundleDocument.Item item) {
        URI link;
        try {
            link = URI.create(item.link());
        } catch (IllegalArgumentException e) {
            throw new Problem(Problem.Kind.FAILED, "the link of '" + item.name() + "' in the datasource is none");
        }
        return new LinkStream(item.name(), link, item.size(), () -> cancelled, progress);
    }

    @SuppressWarnings("NullAway") // a task without a result
    private Void meta(BundleDocument.Item item) throws IOException {
        try (InputStream in = open(item)) {
            MetaObject.read(in, expected(item, Optional.empty()), item::tag);
        }
        return null;
    }

    @SuppressWarnings("NullAway") // a task without a result
    private Void base(DataDirectory directory, BootPlan plan) throws IOException {
        try (InputStream in = open(plan.base())) {
            TarGz.read(in, expected(plan.base(), plan.sha256()), (entry, content) -> lay(directory, entry, content));
        } catch (ForeignEntry e) {
            throw new FormatException("'" + plan.base().name()
                    + "' is damaged, or the base backup of something else: it holds " + e.getMessage());
        }
        return null;
    }

    private static Expected expected(BundleDocument.Item item, Optional<String> sha256) {
        return new Expected(item.name(), sha256, item.tag(ArchiveTags.SEALED).isPresent());
    }

    /** Lays down what one entry of the archive holds. */
    static void lay(DataDirectory directory, TarArchiveEntry entry, InputStream content) throws IOException {
        String name = entry.getName();
        if (!FILES_AND_FOLDERS.contains(entry.getLinkFlag())) { // to the library links, pipes and devices are files
            throw new ForeignEntry(
                    "'" + name + "', a link or something else that is no file, which cannot be restored");
        } else if (entry.isDirectory()) {
            directory.makeFolder(name);
        } else if (!RecoverySettings.OF_ANOTHER_KIND.contains(name)) {
            directory.write(name, new FilterInputStream(content) {
                @Override
                public void close() {} // the archive goes on
            });
        }
    }

    @SuppressWarnings("NullAway") // a task without a result
    private Void wal(DataDirectory directory, BundleDocument.Item item) throws IOException {
        try (InputStream in = open(item)) {
            PackedWalFile.read(
                    in,
                    expected(item, item.tag(ArchiveTags.SHA256)),
                    (file, bytes) -> directory.create(RecoverySettings.WAL_FOLDER + "/" + file));
        }
        return null;
    }

    private static void configure(DataDirectory directory, RecoverySettings recovery) throws IOException {
        String settings = recovery.applyTo(directory.read(recovery.file()));
        directory.write(recovery.file(), new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8)));
        if (recovery.signalFile().isPresent()) {
            directory.write(recovery.signalFile().get(), InputStream.nullInputStream());
        }
    }

    private Problem failed(IOException e) {
        String reason = e instanceof FileSystemException
                ? "the disk or its rights: " + e.getMessage()
                : String.valueOf(e.getMessage());
        boolean full = reason.contains("No space left");
        return new Problem(
                Problem.Kind.FAILED,
                "cannot restore into '" + request.pgdata() + "': " + reason,
                full ? "give the data directory a larger disk" : "nothing was left in the folder; try again",
                null,
                e);
    }
}
