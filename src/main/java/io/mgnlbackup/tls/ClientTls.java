package io.mgnlbackup.tls;

import io.mgnlbackup.config.ConfigurationException;
import io.mgnlbackup.config.OutgoingSettings;
import io.mgnlbackup.config.SettingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS towards other servers: a private CA besides those that Java trusts, and a certificate for servers that ask for one. */
public final class ClientTls {

    private ClientTls() {}

    /**
     * What makes connections; empty where Java's own does. Files are read again when they change.
     *
     * @throws ConfigurationException with everything that is wrong with the files
     */
    public static Optional<SSLSocketFactory> sockets(OutgoingSettings settings) {
        if (settings.ca().isEmpty() && settings.client().isEmpty()) {
            return Optional.empty();
        }
        KeyManager[] keys = settings.client()
                .map(files -> new KeyManager[] {
                    new ReloadingKeys(new Reloading<>(
                            paths(Map.of(
                                    SettingKey.CLIENT_CERT_FILE, files.certificate(),
                                    SettingKey.CLIENT_KEY_FILE, files.key())),
                            ClientTls::identity))
                })
                .orElse(null);
        TrustManager[] trust = settings.ca()
                .map(file -> new TrustManager[] {
                    new ReloadingTrust(new Reloading<>(paths(Map.of(SettingKey.CA_FILE, file)), ClientTls::trust))
                })
                .orElse(null);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return Optional.of(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static Map<SettingKey, Path> paths(Map<SettingKey, Path> paths) {
        return new EnumMap<>(paths);
    }

    private static Identity identity(Map<SettingKey, Pem> files) throws PemException {
        return Identity.of(
                Objects.requireNonNull(files.get(SettingKey.CLIENT_CERT_FILE)),
                Objects.requireNonNull(files.get(SettingKey.CLIENT_KEY_FILE)));
    }

    /** These certificates and what Java trusts, which may be a trust store of the user's. */
    private static X509ExtendedTrustManager trust(Map<SettingKey, Pem> files) throws PemException {
        Pem pem = Objects.requireNonNull(files.get(SettingKey.CA_FILE));
        List<X509Certificate> ours = pem.certificates();
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int count = 0;
            for (X509Certificate known : managerOf(null).getAcceptedIssuers()) {
                all.setCertificateEntry("java-" + count++, known);
            }
            for (X509Certificate known : ours) {
                all.setCertificateEntry("ours-" + count++, known);
            }
            return managerOf(all);
        } catch (GeneralSecurityException | IOException e) {
            throw pem.problem("cannot be added to what Java trusts (" + e.getMessage() + ")");
        }
    }

    @SuppressWarnings("NullAway") // without a store: what Java trusts
    private static X509ExtendedTrustManager managerOf(@org.jspecify.annotations.Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("there is no trust manager");
    }
}
