package io.mgnlbackup.config;

import io.mgnlbackup.config.OutgoingSettings.Login;
import io.mgnlbackup.config.OutgoingSettings.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what concerns TLS and proxies. Whether the files hold what they should is looked at by whoever needs them. */
final class Connections {

    /** What {@link #outgoing} reads. */
    static final Set<SettingKey> OUTGOING = Set.of(
            SettingKey.CA_FILE,
            SettingKey.CLIENT_CERT_FILE,
            SettingKey.CLIENT_KEY_FILE,
            SettingKey.HTTPS_PROXY,
            SettingKey.HTTP_PROXY,
            SettingKey.NO_PROXY);

    private static final int HTTP_PORT = 80;

    private final Values values;
    private final Findings findings;

    Connections(Values values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    /** What the port speaks TLS with; empty for plain HTTP. */
    Optional<Settings.Tls> tls() {
        Optional<KeyFiles> own = pair(SettingKey.TLS_CERT_FILE, SettingKey.TLS_KEY_FILE);
        Optional<Path> clientCa = values.parseIfSet(SettingKey.TLS_CLIENT_CA_FILE, Path::of);
        if (clientCa.isPresent() && !values.isSet(SettingKey.TLS_CERT_FILE) && !values.isSet(SettingKey.TLS_KEY_FILE)) {
            findings.problem(values.get(SettingKey.TLS_CLIENT_CA_FILE).label() + " needs TLS: give "
                    + SettingKey.TLS_CERT_FILE.variable() + " and " + SettingKey.TLS_KEY_FILE.variable() + " as well");
        }
        return own.map(files -> new Settings.Tls(files, clientCa));
    }

    /** The way to others. */
    OutgoingSettings outgoing() {
        return new OutgoingSettings(
                values.parseIfSet(SettingKey.CA_FILE, Path::of),
                pair(SettingKey.CLIENT_CERT_FILE, SettingKey.CLIENT_KEY_FILE),
                values.parseIfSet(SettingKey.HTTPS_PROXY, Connections::proxy),
                values.parseIfSet(SettingKey.HTTP_PROXY, Connections::proxy),
                hosts(values.text(SettingKey.NO_PROXY)));
    }

    private Optional<KeyFiles> pair(SettingKey certificate, SettingKey key) {
        boolean first = values.isSet(certificate);
        if (first != values.isSet(key)) {
            SettingKey there = first ? certificate : key;
            SettingKey missing = first ? key : certificate;
            findings.problem(missing.variable() + " is not set but "
                    + values.get(there).label() + " is: give both files, or neither");
        }
        Optional<Path> certificateFile = values.parseIfSet(certificate, Path::of);
        Optional<Path> keyFile = values.parseIfSet(key, Path::of);
        return certificateFile.flatMap(file -> keyFile.map(other -> new KeyFiles(file, other)));
    }

    private static List<String> hosts(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
                .filter(host -> !host.isEmpty())
                .toList();
    }

    private static Proxy proxy(String text) {
        URI uri = uri(text.contains("://") ? text : "http://" + text);
        if (!"http".equalsIgnoreCase(uri.getScheme())) {
            throw new Rejected("a proxy is spoken to in plain HTTP, also where it leads to https");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > Address.MAX_PORT) {
            throw new Rejected("no host and port in it; write signs of a password as in URLs, %40 for @");
        }
        return new Proxy(
                uri.getHost(),
                uri.getPort() < 0 ? HTTP_PORT : uri.getPort(),
                Optional.ofNullable(uri.getUserInfo()).map(Connections::login));
    }

    private static Login login(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Login(text, new Secret(""))
                : new Login(text.substring(0, colon), new Secret(text.substring(colon + 1)));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Rejected("not a URL");
        }
    }
}
