package io.mgnlbackup;

import io.mgnlbackup.basebackup.BaseBackupCommand;
import io.mgnlbackup.basebackup.BaseBackups;
import io.mgnlbackup.basebackup.ServerCheck;
import io.mgnlbackup.bundle.BundleTar;
import io.mgnlbackup.catalog.BackupKind;
import io.mgnlbackup.catalog.Catalog;
import io.mgnlbackup.compress.Compression;
import io.mgnlbackup.config.SecretMask;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.dump.BackupJob;
import io.mgnlbackup.dump.BackupNames;
import io.mgnlbackup.dump.DumpCommands;
import io.mgnlbackup.http.BundleEndpoint;
import io.mgnlbackup.http.DumpEndpoint;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.http.HealthEndpoint;
import io.mgnlbackup.http.ListEndpoint;
import io.mgnlbackup.http.MetricsEndpoint;
import io.mgnlbackup.limits.DownloadPlaces;
import io.mgnlbackup.metrics.BackupMetrics;
import io.mgnlbackup.metrics.Health;
import io.mgnlbackup.metrics.Meters;
import io.mgnlbackup.outgoing.Outgoing;
import io.mgnlbackup.page.ErrorPage;
import io.mgnlbackup.page.ListPage;
import io.mgnlbackup.page.LiveState;
import io.mgnlbackup.page.WalPart;
import io.mgnlbackup.process.PostgresClients;
import io.mgnlbackup.retention.Sweep;
import io.mgnlbackup.route.BackgroundErrors;
import io.mgnlbackup.route.BundleDownloads;
import io.mgnlbackup.route.HttpAnswerWriter;
import io.mgnlbackup.route.HttpRequestReader;
import io.mgnlbackup.route.NothingFromOutside;
import io.mgnlbackup.route.PageHandlers;
import io.mgnlbackup.route.PayloadExecBinding;
import io.mgnlbackup.route.RouteFiles;
import io.mgnlbackup.route.RouteObjectStore;
import io.mgnlbackup.route.StreamingExecutor;
import io.mgnlbackup.schedule.BackupSchedule;
import io.mgnlbackup.schedule.CatchUp;
import io.mgnlbackup.schedule.Schedule;
import io.mgnlbackup.store.ObjectStore;
import io.mgnlbackup.verify.Journal;
import io.mgnlbackup.verify.VerifyJob;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StartupListener;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Builds every object once, and binds the names that routes call. */
public final class Wiring implements AutoCloseable {

    private final Settings settings;
    private final PortWiring port;
    private final Meters meters = new Meters();
    private final StoreWiring storeWiring;
    private final Optional<WalWiring> wal;
    private final Catalog catalog;
    private final BackupJob backupJob;
    private final VerifyWiring verify;
    private final StoreStart storeStart;
    private final Sweep sweep;
    private final Compression compression;
    private final BackupSchedule schedule;
    private final ObjectStore store;
    private final ErrorAnswers errorAnswers;
    private final BundleEndpoint bundleEndpoint;
    private final Map<String, Object> beans = new LinkedHashMap<>();

    /** Builds the objects; the context is asked for once it is there. */
    public Wiring(Settings settings, SecretMask mask, Engine.Job job, Supplier<CamelContext> context) {
        this.settings = settings;
        Clock clock = Clock.systemUTC();

        Outgoing.install(settings.outgoing());
        errorAnswers = new ErrorAnswers(mask);
        port = new PortWiring(settings, job, errorAnswers, context, meters.registry(), clock);
        storeWiring = StoreWiring.of(settings, port::ownUrl, clock);
        store = new RouteObjectStore(context);
        catalog = new Catalog(store, settings.objects(), settings.ignoreHeritage(), settings.zone(), clock);
        BackupMetrics metrics = new BackupMetrics(meters.registry());
        backupJob = new BackupJob(
                settings.wal().isPresent() ? BackupKind.BASE_BACKUP : BackupKind.DUMP,
                settings.objects(),
                catalog,
                mask,
                metrics,
                clock);
        metrics.watch(meters.registry(), catalog, backupJob);
        storeStart = new StoreStart(
                () -> prepareStore(job), catalog, store, settings.objects().prefix());
        wal = settings.wal()
                .flatMap(mode -> mode.syncDir()
                        .map(folder -> new WalWiring(
                                folder, mode, settings.objects(), catalog, store, meters.registry(), clock)));
        wal.ifPresent(archiving -> beans.putAll(archiving.beans()));
        verify = new VerifyWiring(settings, catalog, store, backupJob, meters.registry(), clock);
        beans.putAll(verify.beans());
        beans.put("baseBackups", baseBackups(mask, clock));
        Health health = new Health(healthChecks(), clock);
        Schedule schedule = Schedule.parse(settings.dump().cron(), settings.zone());
        beans.putAll(storeWiring.beans());
        beans.put("backupJob", backupJob);
        beans.put(
                "dumpCommands",
                new DumpCommands(settings.dump(), settings.environment(), new PostgresClients(mask::mask)));
        compression = new Compression(settings.compression());
        beans.put("compression", compression);
        this.schedule = new BackupSchedule(schedule, clock);
        beans.put("backupSchedule", this.schedule);
        if (!settings.readOnly()) {
            metrics.expect(meters.registry(), this.schedule);
        }
        beans.put("catchUp", new CatchUp(schedule, catalog, clock));
        beans.put("storeStart", storeStart);
        sweep = new Sweep(
                catalog,
                store,
                settings.cycle(),
                settings.zone(),
                settings.objects().heritage(),
                metrics,
                clock);
        beans.put("sweep", sweep);
        beans.put("streamingExecutor", new StreamingExecutor(mask));
        beans.put(
                "payloadExecBinding",
                new PayloadExecBinding(settings.environment(), settings.dump().timeout()));
        beans.put("listEndpoint", new ListEndpoint(catalog, store));
        beans.put(
                "listPage",
                new ListPage(
                        catalog,
                        store,
                        backupJob,
                        this.schedule,
                        sweep,
                        new WalPart(wal.map(WalWiring::folder), settings, port::ownUrl),
                        verify.job().journal(),
                        settings,
                        storeWiring.description(),
                        clock));
        bundleEndpoint = new BundleEndpoint(
                catalog,
                store,
                settings.objects(),
                new BackupNames(settings.objects().prefix(), BackupKind.RESTORE),
                clock);
        beans.put("bundleEndpoint", bundleEndpoint);
        beans.put("dumpEndpoint", new DumpEndpoint(settings.readOnly()));
        beans.put("healthEndpoint", new HealthEndpoint(health));
        beans.put("metricsEndpoint", new MetricsEndpoint(meters.registry()));
        beans.put("errorAnswers", errorAnswers);
        beans.put("errorPage", new ErrorPage(errorAnswers));
        beans.put("backgroundErrors", new BackgroundErrors());
        beans.put("httpRequestReader", new HttpRequestReader());
        beans.put("httpAnswerWriter", new HttpAnswerWriter());
        beans.put("nothingFromOutside", new NothingFromOutside());
    }

    private BaseBackups baseBackups(SecretMask mask, Clock clock) {
        BaseBackupCommand command = new BaseBackupCommand(
                settings.dump(), settings.environment(), new ServerCheck(mask::mask), new PostgresClients(mask::mask));
        return new BaseBackups(settings, command, catalog, store, clock, backupJob::isAborted);
    }

    private Map<String, Supplier<Health.Check>> healthChecks() {
        Map<String, Supplier<Health.Check>> checks = new LinkedHashMap<>();
        checks.put("store", storeStart::health);
        checks.put(
                "sidecar",
                () -> backupJob.takesBackups() ? Health.Check.UP : Health.Check.down("the sidecar is stopping"));
        wal.ifPresent(archiving -> checks.put("archive-folder", archiving::health));
        return checks;
    }

    /** A command may run beside a server whose uploads are not left over, and who only reads removes nothing. */
    private void prepareStore(Engine.Job job) {
        storeWiring.prepare();
        if (job == Engine.Job.SERVER && !settings.readOnly()) {
            storeWiring.cleanUp();
        }
    }

    /** Where the server listens, or would. */
    int port() {
        return port.port();
    }

    /** Binds the names that routes call. */
    void bindTo(Main camel, Engine.Job job) {
        beans.forEach(camel::bind);
        camel.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters.registry());
        if (job == Engine.Job.SERVER) {
            camel.bind("vertx", port.vertxOfCamel());
        }
    }

    /** Says which routes to load and where to listen. */
    void configure(Main camel, Engine.Job job) {
        List<String> files =
                new RouteFiles(settings.routesDir()).forJob(job.routeFiles(settings, storeWiring.routeFile()));
        camel.configure().withRoutesIncludePattern(String.join(",", files));
        camel.addInitialProperty("schedule.ticks", ticks());
        storeWiring.properties().forEach(camel::addInitialProperty);
        verify.properties().forEach(camel::addInitialProperty);
        wal.ifPresent(archiving -> archiving.properties().forEach(camel::addInitialProperty));
        if (job == Engine.Job.SERVER) {
            port.properties().forEach(camel::addInitialProperty);
        }
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                main.getCamelContext().addRoutePolicyFactory(new MicrometerRoutePolicyFactory());
                // What routes of users log has our level, not that of libraries.
                main.getCamelContext().setGlobalOptions(Map.of(Exchange.LOG_EIP_NAME, "io.mgnlbackup.Routes"));
                if (job == Engine.Job.SERVER) {
                    installBeforeRoutesStart(main.getCamelContext());
                }
            }
        });
    }

    /** How often Quartz asks whether a backup is due: every full minute, or the period of {@code @every}. */
    private String ticks() {
        return schedule.period().map(Wiring::every).orElse("cron=0+*+*+*+*+?");
    }

    /** Ticks of Quartz in a period, the first one after it. */
    static String every(Duration period) {
        return "trigger.repeatInterval=%1$d&trigger.repeatCount=-1&triggerStartDelay=%1$d".formatted(period.toMillis());
    }

    /** The server listens by then; no route answers before somebody checks who asks, and nothing does before all routes are there. */
    private void installBeforeRoutesStart(CamelContext context) {
        try {
            context.addStartupListener(new StartupListener() {
                @Override
                public void onCamelContextStarted(CamelContext starting, boolean again) {
                    install(starting);
                }

                @Override
                public void onCamelContextFullyStarted(CamelContext started, boolean again) {
                    port.vertx().open();
                }
            });
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeException(e);
        }
    }

    /** Adds what answers in front of the routes and beside them. */
    private void install(CamelContext context) {
        PortWiring.Entrance entrance = port.install(context, storeWiring::isSigned);
        Router router = entrance.router();
        DownloadPlaces places = new DownloadPlaces(settings.limits().maxDownloads());
        storeWiring.install(router, places, errorAnswers);
        new BundleDownloads(bundleEndpoint, new BundleTar(store), places, errorAnswers).install(router);
        new PageHandlers(
                        new LiveState(backupJob, Clock.systemUTC())::json,
                        entrance.access()::isStillAdmitted,
                        errorAnswers)
                .install(router, port.vertx());
    }

    /** What an administrator wants to see at the start, in one line. */
    String summary() {
        return "%s, %s; buffers of a backup take at most %d MiB"
                        .formatted(
                                storeWiring.description(),
                                settings.readOnly()
                                        ? "read-only"
                                        : "next backup due at "
                                                + schedule.next()
                                                        .map(Instant::toString)
                                                        .orElse("no time"),
                                uploadBytes() >> 20)
                + settings.wal()
                        .map(mode -> ", those of %d WAL files at a time %d MiB"
                                .formatted(mode.uploads(), walUploadBytes(mode) >> 20))
                        .orElse("");
    }

    private long walUploadBytes(Settings.Wal mode) {
        return mode.uploads() * (storeWiring.memoryBytes() + compression.serialMemoryBytes());
    }

    private long uploadBytes() {
        return storeWiring.memoryBytes() + compression.memoryBytes();
    }

    BackupJob backupJob() {
        return backupJob;
    }

    VerifyJob verifyJob() {
        return verify.job();
    }

    Journal journal() {
        return verify.job().journal();
    }

    Catalog catalog() {
        return catalog;
    }

    ObjectStore store() {
        return store;
    }

    Sweep sweep() {
        return sweep;
    }

    StoreStart storeStart() {
        return storeStart;
    }

    @Override
    public void close() {
        catalog.close();
        storeWiring.close();
        compression.close();
        port.close();
    }
}
