package io.mgnlbackup.tls;

import io.mgnlbackup.config.ConfigurationException;
import io.mgnlbackup.config.SettingKey;
import io.mgnlbackup.config.Settings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the port. New connections get what the files hold now, at most some seconds later; open ones, such as a download, go on as they
 * are.
 */
public final class PortTls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PortTls.class);

    private static final Set<String> PROTOCOLS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    /** How long before its end a certificate should have been replaced: cert-manager does so after two thirds of its time. */
    private static final Duration WARN_BEFORE = Duration.ofDays(7);

    private static final Duration WARN_EVERY = Duration.ofDays(1);
    private static final Duration CHANGE_LIMIT = Duration.ofSeconds(30);

    private final Reloading<Shown> files;
    private final boolean clientsNeedCertificates;
    private final Clock clock;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tls-files");
        thread.setDaemon(true);
        return thread;
    });
    private Instant warnAgain = Instant.MIN;

    /** Reads the files; throws {@link ConfigurationException} with everything that is wrong with them. */
    public PortTls(Settings.Tls settings, Clock clock) {
        Map<SettingKey, Path> paths = new EnumMap<>(SettingKey.class);
        paths.put(SettingKey.TLS_CERT_FILE, settings.own().certificate());
        paths.put(SettingKey.TLS_KEY_FILE, settings.own().key());
        settings.clientCa().ifPresent(ca -> paths.put(SettingKey.TLS_CLIENT_CA_FILE, ca));
        this.clientsNeedCertificates = settings.clientCa().isPresent();
        this.clock = clock;
        this.files = new Reloading<>(paths, Shown::of);
    }

    /** Whether a client without a certificate may see no more than the health checks. The server lets it in; who asks has to be looked at. */
    public boolean clientsNeedCertificates() {
        return clientsNeedCertificates;
    }

    /** When the certificate that is shown now ends. */
    public Instant expiry() {
        return files.current().identity().expiry();
    }

    /** Makes a server that speaks TLS. */
    public void configure(HttpServerOptions options) {
        Shown shown = files.current();
        options.setSsl(true)
                .setKeyCertOptions(shown.identity().options())
                .setEnabledSecureTransportProtocols(PROTOCOLS);
        shown.clientCa().ifPresent(ca -> options.setTrustOptions(ca).setClientAuth(ClientAuth.REQUEST));
    }

    /** From now on the server follows the files. */
    public void follow(HttpServer server) {
        LOG.info("the port speaks TLS with the certificate of '{}', which is good until {}", subject(), expiry());
        looking.execute(this::warn);
        ScheduledFuture<?> unused = looking.scheduleWithFixedDelay(
                () -> look(server), LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(HttpServer server) {
        try {
            Optional<Shown> changed = files.refresh();
            if (changed.isPresent()) {
                change(server, changed.get());
                LOG.info("new connections get the certificate of '{}', which is good until {}", subject(), expiry());
                warnAgain = Instant.MIN;
            }
            warn();
        } catch (Exception e) { // the next look may go well
            LOG.warn("the certificate of the port cannot be changed: {}", e.toString());
        }
    }

    /** A new context: whoever was let in by the files as they were is checked anew, also with a session of before. */
    private static void change(HttpServer server, Shown shown) throws Exception {
        SSLOptions options = new SSLOptions()
                .setKeyCertOptions(shown.identity().options())
                .setEnabledSecureTransportProtocols(PROTOCOLS);
        shown.clientCa().ifPresent(options::setTrustOptions);
        server.updateSSLOptions(options)
                .toCompletionStage()
                .toCompletableFuture()
                .get(CHANGE_LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void warn() {
        Instant now = clock.instant();
        if (expiry().minus(WARN_BEFORE).isAfter(now) || now.isBefore(warnAgain)) {
            return;
        }
        warnAgain = now.plus(WARN_EVERY);
        LOG.warn(
                "the certificate of the port, '{}', {} {}: replace the files in {} and {}",
                subject(),
                expiry().isAfter(now) ? "ends at" : "has ended at",
                expiry(),
                SettingKey.TLS_CERT_FILE.variable(),
                SettingKey.TLS_KEY_FILE.variable());
    }

    private String subject() {
        return files.current()
                .identity()
                .certificate()
                .getSubjectX500Principal()
                .getName();
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }

    /**
     * What was made of the files.
     *
     * @param clientCa what has signed the certificates of clients
     */
    private record Shown(Identity identity, Optional<PemTrustOptions> clientCa) {

        static Shown of(Map<SettingKey, Pem> files) throws PemException {
            Identity identity = Identity.of(of(files, SettingKey.TLS_CERT_FILE), of(files, SettingKey.TLS_KEY_FILE));
            Pem ca = files.get(SettingKey.TLS_CLIENT_CA_FILE);
            if (ca == null) {
                return new Shown(identity, Optional.empty());
            }
            ca.certificates();
            return new Shown(identity, Optional.of(new PemTrustOptions().addCertValue(Buffer.buffer(ca.bytes()))));
        }

        private static Pem of(Map<SettingKey, Pem> files, SettingKey key) {
            return Objects.requireNonNull(files.get(key));
        }
    }
}
