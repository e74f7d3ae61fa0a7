package io.mgnlbackup;

import io.mgnlbackup.access.UsersFile;
import io.mgnlbackup.config.Settings;
import io.mgnlbackup.http.ErrorAnswers;
import io.mgnlbackup.limits.GuardedVertx;
import io.mgnlbackup.metrics.AccessMetrics;
import io.mgnlbackup.metrics.TlsMetrics;
import io.mgnlbackup.route.AccessControl;
import io.mgnlbackup.route.ClientCertificates;
import io.mgnlbackup.route.EdgeHandlers;
import io.mgnlbackup.route.HttpServer;
import io.mgnlbackup.route.RawAnswers;
import io.mgnlbackup.route.RequestLimits;
import io.mgnlbackup.tls.PortTls;
import io.mgnlbackup.tls.TlsVertx;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port: the HTTP server, its TLS, and what stands between clients and the routes. */
final class PortWiring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PortWiring.class);

    private final Settings settings;
    private final Supplier<CamelContext> context;
    private final ErrorAnswers errors;
    private final RawAnswers rawAnswers;
    private final HttpServer server;
    private final AccessMetrics refusals;
    private final Optional<PortTls> tls;
    private Optional<UsersFile> usersFile = Optional.empty();

    /** Listens to nobody yet; the context is asked for once it is there. */
    PortWiring(
            Settings settings,
            Engine.Job job,
            ErrorAnswers errors,
            Supplier<CamelContext> context,
            MeterRegistry meters,
            Clock clock) {
        this.settings = settings;
        this.context = context;
        this.errors = errors;
        tls = job == Engine.Job.SERVER
                ? settings.http().tls().map(files -> new PortTls(files, clock))
                : Optional.empty();
        tls.ifPresent(port -> new TlsMetrics(meters, port::expiry));
        refusals = new AccessMetrics(meters);
        rawAnswers = new RawAnswers(errors);
        server = new HttpServer(
                settings.http(), settings.limits(), settings.dump().timeout(), rawAnswers);
    }

    /** How clients reach the sidecar, unless the user says otherwise. */
    String ownUrl() {
        Settings.Http http = settings.http();
        return http.publicUrl()
                .orElseGet(() -> "%s://%s:%d"
                        .formatted(
                                http.tls().isPresent() ? "https" : "http",
                                http.host().isEmpty() ? "localhost" : http.host(),
                                port()));
    }

    /** Where the server listens, or would. */
    int port() {
        VertxPlatformHttpServer listening = listening();
        return listening == null ? settings.http().port() : listening.getPort();
    }

    private VertxPlatformHttpServer listening() {
        return context.get().hasService(VertxPlatformHttpServer.class);
    }

    /** What the server runs on, for what else answers there. */
    GuardedVertx vertx() {
        return server.vertx();
    }

    /** What Camel makes its server with. */
    Vertx vertxOfCamel() {
        return tls.<Vertx>map(port -> new TlsVertx(vertx(), port)).orElse(vertx());
    }

    /** Where Camel is to listen. */
    Map<String, String> properties() {
        Settings.Http http = settings.http();
        return Map.of(
                "camel.server.enabled",
                "true",
                "camel.server.host",
                http.host().isEmpty() ? "0.0.0.0" : http.host(),
                "camel.server.port",
                Integer.toString(http.port()));
    }

    /**
     * Puts the checks in front of everything; the server listens by then.
     *
     * @param isSigned whether a request carries a signature of the store, which is enough to be let in
     */
    Entrance install(CamelContext starting, Predicate<RoutingContext> isSigned) {
        server.checkStarted();
        tls.ifPresent(port -> port.follow(listening().getServer()));
        PlatformHttpComponent http = starting.getComponent("platform-http", PlatformHttpComponent.class);
        Router router = VertxPlatformHttpRouter.lookup(
                starting,
                VertxPlatformHttpRouter.getRouterNameFromPort(settings.http().port()));
        AccessControl access = new AccessControl(
                settings.http().users(),
                isSigned,
                this::isCertified,
                errors,
                refusals::refused,
                Clock.systemUTC(),
                vertx());
        access.install(router);
        follow(access);
        new EdgeHandlers(errors, http::getHttpEndpoints).install(router);
        new RequestLimits(server.connections(), vertx(), errors).install(router);
        if (listening().getServer().requestHandler() instanceof Router root) {
            rawAnswers.install(root);
        }
        warnIfExposed();
        return new Entrance(router, access);
    }

    /** Where more can be put that answers, and who decides who gets in. */
    record Entrance(Router router, AccessControl access) {}

    private boolean isCertified(RoutingContext request) {
        return tls.filter(PortTls::clientsNeedCertificates).isEmpty()
                || ClientCertificates.subject(request).isPresent();
    }

    private void follow(AccessControl access) {
        usersFile = settings.http()
                .usersFile()
                .map(file -> new UsersFile(file, settings.http().users(), access::admit));
        usersFile.ifPresent(UsersFile::watch);
    }

    private void warnIfExposed() {
        if (settings.http().isExposed()) {
            LOG.warn(
                    "everybody who reaches port {} may read and start backups: set MGNLBACKUP_USERS, or MGNLBACKUP_OPEN=true if that is meant",
                    port());
        }
    }

    @Override
    public void close() {
        tls.ifPresent(PortTls::close);
        usersFile.ifPresent(UsersFile::close);
        server.close();
    }
}
