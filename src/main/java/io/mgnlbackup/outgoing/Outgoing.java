package io.mgnlbackup.outgoing;

import io.mgnlbackup.config.ConfigurationException;
import io.mgnlbackup.config.OutgoingSettings;
import io.mgnlbackup.tls.ClientTls;
import java.net.Authenticator;
import java.net.ProxySelector;
import javax.net.ssl.HttpsURLConnection;

/**
 * Says how this process connects to others, where Java's own way is not wanted. All that the sidecar asks goes through {@code
 * HttpURLConnection}: the SDKs of both clouds, with the services that their credentials come from, and boot.
 */
public final class Outgoing {

    private Outgoing() {}

    /** From now on connections are made so; throws {@link ConfigurationException} with everything that is wrong with the files. */
    public static void install(OutgoingSettings settings) {
        ClientTls.sockets(settings).ifPresent(HttpsURLConnection::setDefaultSSLSocketFactory);
        if (settings.httpsProxy().isPresent() || settings.httpProxy().isPresent()) {
            ProxySelector.setDefault(new ProxyChoice(settings));
            Authenticator.setDefault(new ProxyLogin(settings));
        }
    }
}
