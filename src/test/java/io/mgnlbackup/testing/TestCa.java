package io.mgnlbackup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority, made by openssl in a folder, for servers and clients on loopback. */
public final class TestCa {

    private static final String PASSWORD = "changeit";
    private static final String NAMES = "subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:store.test";

    private final Path folder;
    private final Issued self;

    /** A certificate and its key, as PEM files. */
    public record Issued(Path certificate, Path key) {}

    /** A new one. */
    public TestCa(Path folder, String name) {
        this.folder = folder;
        this.self = files(name);
        request("rsa:2048", name, self, List.of("-addext", "basicConstraints=critical,CA:TRUE", "-days", "30"));
    }

    /** The file with its certificate. */
    public Path certificate() {
        return self.certificate();
    }

    /** A certificate for loopback and the name store.test, with a key on an elliptic curve, good for 30 days. */
    public Issued issue(String name) {
        return issue(name, 30);
    }

    /** The same for so many days. */
    public Issued issue(String name, int days) {
        return issue("ec", name, days);
    }

    /** The same with an RSA key. */
    public Issued issueRsa(String name) {
        return issue("rsa:2048", name, 30);
    }

    private Issued issue(String algorithm, String name, int days) {
        Issued issued = files(name);
        request(
                algorithm,
                name,
                issued,
                List.of(
                        "-CA",
                        self.certificate().toString(),
                        "-CAkey",
                        self.key().toString(),
                        "-addext",
                        NAMES,
                        "-addext",
                        "basicConstraints=critical,CA:FALSE",
                        "-days",
                        Integer.toString(days)));
        return issued;
    }

    private Issued files(String name) {
        return new Issued(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    private static void request(String algorithm, String name, Issued into, List<String> more) {
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-newkey", algorithm));
        if (algorithm.equals("ec")) {
            command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256"));
        }
        command.addAll(List.of("-subj", "/CN=" + name, "-keyout", into.key().toString()));
        command.addAll(List.of("-out", into.certificate().toString()));
        command.addAll(more);
        Tool.of(command).run();
    }

    /** A client or server that trusts this authority, and shows a certificate if it has one. */
    public SSLContext context(Optional<Issued> shown) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted());
            context.init(shown.map(this::keys).orElse(null), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore trusted() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(self.certificate())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        return store;
    }

    private KeyManager[] keys(Issued shown) {
        Path file = folder.resolve("store.p12");
        Tool.of(
                        "openssl",
                        "pkcs12",
                        "-export",
                        "-passout",
                        "pass:" + PASSWORD,
                        "-out",
                        file.toString(),
                        "-in",
                        shown.certificate().toString(),
                        "-inkey",
                        shown.key().toString())
                .run();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            return keys.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
