package io.mgnlbackup.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * A private key with its certificate, which somebody shows to the other side.
 *
 * @param options the same for servers of Vert.x
 * @param keys the same for the JDK
 * @param certificate the one that belongs to the key
 */
record Identity(PemKeyCertOptions options, X509ExtendedKeyManager keys, X509Certificate certificate) {

    private static final String NO_KEY = "holds no private key that can be read";
    private static final String OTHER_KEY = "holds a key that is not the one of the first certificate";
    private static final byte[] PROBE = "mgnlbackup".getBytes(StandardCharsets.US_ASCII);

    /** Reads both; throws {@link PemException} when one of them is none, or when they do not belong together. */
    static Identity of(Pem certificate, Pem key) throws PemException {
        List<X509Certificate> chain = certificate.certificates();
        PemKeyCertOptions options = new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(certificate.bytes()))
                .setKeyValue(Buffer.buffer(key.bytes()));
        X509ExtendedKeyManager keys = keyManager(options, key);
        PublicKey ofCertificate = chain.get(0).getPublicKey();
        String[] aliases = keys.getServerAliases(ofCertificate.getAlgorithm(), null);
        PrivateKey secret = aliases == null ? null : keys.getPrivateKey(aliases[0]);
        if (secret == null || !belongTogether(secret, ofCertificate)) {
            throw key.problem(OTHER_KEY);
        }
        return new Identity(options, keys, chain.get(0));
    }

    private static X509ExtendedKeyManager keyManager(PemKeyCertOptions options, Pem key) throws PemException {
        if (key.text().contains("ENCRYPTED")) {
            throw key.problem("holds a key with a passphrase, which nobody is there to type");
        }
        try {
            for (KeyManager each : options.getKeyManagerFactory(null).getKeyManagers()) {
                if (each instanceof X509ExtendedKeyManager found) {
                    return found;
                }
            }
        } catch (Exception e) { // of any type, and with a text that may have the key in it
            boolean other = String.valueOf(e.getMessage()).startsWith("private key algorithm does not match");
            throw key.problem(other ? OTHER_KEY : NO_KEY);
        }
        throw key.problem(NO_KEY);
    }

    private static boolean belongTogether(PrivateKey key, PublicKey of) {
        if (!key.getAlgorithm().equals(of.getAlgorithm())) {
            return false;
        }
        try {
            Signature signing =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signing.initSign(key);
            signing.update(PROBE);
            byte[] signature = signing.sign();
            signing.initVerify(of);
            signing.update(PROBE);
            return signing.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** When it ends. */
    Instant expiry() {
        return certificate.getNotAfter().toInstant();
    }
}
