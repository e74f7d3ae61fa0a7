package io.mgnlbackup.tls;

import io.mgnlbackup.store.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a PEM file held when it was read. */
final class Pem {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final Pattern CERTIFICATE = Pattern.compile(BEGIN + "[^-]++-----END CERTIFICATE-----");

    private final PemFile file;
    private final byte[] bytes;

    Pem(PemFile file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** All of it; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The certificates in it, at least one; what else is there, such as a key, is passed over. */
    List<X509Certificate> certificates() throws PemException {
        List<String> blocks =
                CERTIFICATE.matcher(text()).results().map(MatchResult::group).toList();
        if (blocks.size() != text().split(BEGIN, -1).length - 1) {
            throw problem("holds a certificate without its end");
        }
        if (blocks.isEmpty()) {
            throw problem("holds no certificate");
        }
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (String block : blocks) {
                certificates.add((X509Certificate) factory.generateCertificate(
                        new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1))));
            }
            return certificates;
        } catch (CertificateException e) {
            throw problem("holds a certificate that cannot be read");
        }
    }

    /** By which one content is told from another. */
    String sha256() {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        return Sha256.end(digest);
    }

    /** As text, whatever it is. */
    String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** What is wrong with it, to be thrown. */
    PemException problem(String why) {
        return file.problem(why);
    }
}
