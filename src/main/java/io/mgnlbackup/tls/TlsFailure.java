package io.mgnlbackup.tls;

import io.mgnlbackup.store.Causes;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no TLS connection with another server, in a user's words.
 *
 * @param reason what is wrong with the other side
 * @param hint which setting to look at
 */
public record TlsFailure(String reason, String hint) {

    /** The other side wants to see one. */
    public static final TlsFailure NO_CLIENT_CERTIFICATE = new TlsFailure(
            "it wants a client certificate, or another one",
            "give one in MGNLBACKUP_CLIENT_CERT_FILE and MGNLBACKUP_CLIENT_KEY_FILE");

    /** What the failure of a call has to do with TLS; empty where that is nothing. */
    public static Optional<TlsFailure> of(Throwable failure) {
        SSLException tls = Causes.find(failure, SSLException.class);
        return tls == null ? Optional.empty() : Optional.of(of(tls, Causes.find(tls, CertPathBuilderException.class)));
    }

    private static TlsFailure of(SSLException tls, @Nullable CertPathBuilderException unsigned) {
        String text = String.valueOf(tls.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        if (unsigned != null) {
            return new TlsFailure(
                    "nobody who is trusted here has signed its certificate",
                    "give the certificate of the CA that has signed it in MGNLBACKUP_CA_FILE");
        }
        if (Causes.find(tls, CertificateExpiredException.class) != null) {
            return new TlsFailure("its certificate has ended", "replace it there, or check the clock of this machine");
        }
        if (lower.contains("no subject alternative") || lower.contains("no name matching")) {
            return new TlsFailure(
                    "its certificate is for other names (" + text + ")",
                    "use a name that is in the certificate, or have one made for this name");
        }
        if (lower.contains("certificate_required") || lower.contains("bad_certificate")) {
            return NO_CLIENT_CERTIFICATE;
        }
        if (lower.contains("unrecognized")) {
            return new TlsFailure("it does not speak TLS", "use http, if it speaks plain HTTP");
        }
        return new TlsFailure("TLS: " + text, "MGNLBACKUP_CA_FILE says which further certificates are trusted");
    }
}
