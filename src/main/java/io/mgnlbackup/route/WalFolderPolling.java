package io.mgnlbackup.route;

import io.mgnlbackup.wal.WalFolder;
import io.mgnlbackup.wal.WalGate;
import java.io.File;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileExclusiveReadLockStrategy;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the {@code file:} consumer ask a {@link WalGate} when to look and what to take. Its own read locks upload truncated files of a slow
 * writer or cost a second a file, and it would try a store that is down thousands of times.
 */
public final class WalFolderPolling
        implements GenericFileExclusiveReadLockStrategy<File>, PollingConsumerPollStrategy, ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WalFolderPolling.class);

    private final WalGate gate;
    private final WalFolder folder;
    private final AtomicBoolean unreadable = new AtomicBoolean();

    /** Asks this gate. */
    public WalFolderPolling(WalGate gate, WalFolder folder) {
        this.gate = gate;
        this.folder = folder;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        return gate.isOpen();
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polled) {
        if (unreadable.getAndSet(false)) {
            LOG.info("the archive folder '{}' is there again", folder.path());
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
        if (!unreadable.getAndSet(true)) {
            LOG.error(
                    "cannot read the archive folder '{}': {} (hint: is its volume mounted)",
                    folder.path(),
                    String.valueOf(cause.getMessage()));
        }
        return false;
    }

    @Override
    public boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) throws Exception {
        return gate.admits(file.getFile().toPath());
    }

    @Override
    public void handleException(Throwable failure) {
        LOG.debug("a file was not taken", failure);
    }

    @Override
    public void handleException(String message, Throwable failure) {
        LOG.debug("{}", message, failure);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        LOG.debug("{}", message, failure);
    }

    // The gate holds no locks, so there is nothing to release and nothing to set up.

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {}

    @Override
    public void releaseExclusiveReadLockOnAbort(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    public void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    public void releaseExclusiveReadLockOnCommit(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    public void setTimeout(long timeout) {}

    @Override
    public void setCheckInterval(long interval) {}

    @Override
    public void setReadLockLoggingLevel(LoggingLevel level) {}

    @Override
    public void setMarkerFiler(boolean marker) {}

    @Override
    public void setDeleteOrphanLockFiles(boolean delete) {}
}
