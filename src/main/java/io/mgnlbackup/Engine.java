package io.mgnlbackup;

import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Camel with the routes of one job: the server, one dump, or only the store. */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /** How long an aborted backup may take to remove what it has sent. */
    private static final Duration ABORT_PATIENCE = Duration.ofSeconds(15);

    private final Settings settings;
    private final Wiring wiring;
    private final Main camel;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Engine(Settings settings, Wiring wiring, Main camel) {
        this.settings = settings;
        this.wiring = wiring;
        this.camel = camel;
    }

    /**
     * Starts.
     *
     * @throws Problem when it cannot, in words for a user
     */
    public static Engine start(Settings settings, SecretMask mask, Job job) {
        Main camel = new Main();
        Wiring wiring = new Wiring(settings, mask, job, camel::getCamelContext);
        DefaultMainShutdownStrategy shutdown = new DefaultMainShutdownStrategy(camel);
        shutdown.disableHangupSupport(); // on a signal ours comes first: a running backup may end before Camel stops
        camel.setShutdownStrategy(shutdown);
        try {
            wiring.bindTo(camel, job);
            wiring.configure(camel, job);
            camel.start();
            return new Engine(settings, wiring, camel);
        } catch (Exception e) {
            camel.stop();
            wiring.close();
            throw problem(settings, e);
        }
    }

    private static Problem problem(Settings settings, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
        }
        return new Problem(
                Problem.Kind.FAILED,
                "cannot start: " + root(e).getMessage(),
                settings.routesDir().isPresent()
                        ? "look at the files in MGNLBACKUP_ROUTES_DIR first"
                        : "MGNLBACKUP_LOGLEVEL=trace says more",
                null,
                e);
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The objects behind the routes. */
    public Wiring wiring() {
        return wiring;
    }

    /** The context that runs the routes. */
    public CamelContext camel() {
        return camel.getCamelContext();
    }

    /** Where the server listens. */
    public int port() {
        return wiring.port();
    }

    /** Stops in good order: a running backup may go on for the time that is configured and is aborted then. */
    @Override
    public void close() {
        stop(settings.stopTimeout());
    }

    /** Stops; a running backup may go on for some time and is aborted then. */
    public void stop(Duration patience) {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        try {
            wiring.verifyJob().stop();
            wiring.backupJob().stop(patience, ABORT_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        camel.stop();
        wiring.close();
        LOG.debug("stopped");
    }

    /** What a process is for, and so which routes it loads. */
    public enum Job {
        /** Answers over HTTP, and takes backups on schedule unless it is read-only. */
        SERVER,
        /** Takes one backup. */
        DUMP,
        /** Only reads the store. */
        STORE;

        /** The built-in route files, without their end. */
        List<String> routeFiles(Settings settings, String storeFile) {
            String backup = settings.wal().isPresent() ? "basebackup" : "dump";
            List<String> files = new ArrayList<>(List.of("errors", storeFile));
            switch (this) {
                case SERVER -> {
                    if (!settings.readOnly()) {
                        files.addAll(List.of("backup", backup, "retention", "schedule"));
                        settings.wal().ifPresent(wal -> files.add("wal"));
                    }
                    files.addAll(List.of("bundle", "http", "verify"));
                }
                case DUMP -> files.addAll(List.of("backup", backup, "retention"));
                case STORE -> {}
            }
            return files;
        }
    }
}
