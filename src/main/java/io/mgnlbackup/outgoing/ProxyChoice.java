package io.mgnlbackup.outgoing;

import io.mgnlbackup.config.OutgoingSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which proxy leads where, as curl and programs in Go read the variables. Names are compared as they are written, and never looked up. */
final class ProxyChoice extends ProxySelector {

    /** This machine, and the services that tell a machine in a cloud who it is, which no proxy reaches. */
    private static final Pattern NEAR = Pattern.compile(
            "localhost|127(\\.\\d{1,3}){3}|\\[?::1]?|169\\.254(\\.\\d{1,3}){2}|metadata\\.google\\.internal");

    private static final Pattern WITH_PORT = Pattern.compile("([^:]+):(\\d{1,5})");

    private final OutgoingSettings settings;
    private final List<Network> networks;

    ProxyChoice(OutgoingSettings settings) {
        this.settings = settings;
        this.networks = settings.noProxy().stream().flatMap(Network::parse).toList();
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(proxy(uri)
                .map(found -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(found.host(), found.port())))
                .orElse(Proxy.NO_PROXY));
    }

    private Optional<OutgoingSettings.Proxy> proxy(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        if ((!tls && !scheme.equals("http")) || NEAR.matcher(host).matches() || isExcepted(host, port)) {
            return Optional.empty();
        }
        return tls ? settings.httpsProxy() : settings.httpProxy();
    }

    private boolean isExcepted(String host, int port) {
        return settings.noProxy().stream().anyMatch(entry -> covers(entry, host, port))
                || networks.stream().anyMatch(network -> network.contains(host));
    }

    /** A name stands for itself and all below it, with or without a dot or {@code *.} in front; a port limits it to that port. */
    private static boolean covers(String entry, String host, int port) {
        var withPort = WITH_PORT.matcher(entry);
        if (withPort.matches()) {
            return Integer.parseInt(withPort.group(2)) == port && covers(withPort.group(1), host, port);
        }
        String bare = entry.replaceFirst("^\\*?\\.", "");
        return entry.equals("*") || host.equals(bare) || host.endsWith("." + bare);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {} // whoever asked is told
}
