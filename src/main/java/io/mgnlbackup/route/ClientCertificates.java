package io.mgnlbackup.route;

import io.vertx.ext.web.RoutingContext;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The certificates that clients show. One that nobody has signed whom we trust ends the connection before there is a request. */
public final class ClientCertificates {

    private ClientCertificates() {}

    /** Who the certificate of the connection says that the client is; empty when it showed none. */
    public static Optional<String> subject(RoutingContext request) {
        SSLSession session = request.request().sslSession();
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate shown
                    ? Optional.of(shown.getSubjectX500Principal().getName())
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
