package io.mgnlbackup.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the sidecar reaches other servers.
 *
 * @param ca certificates that it trusts besides those that Java trusts
 * @param client what it shows to servers that ask for a certificate
 * @param httpsProxy the way to addresses with https
 * @param httpProxy the way to addresses with http
 * @param noProxy what is reached without one: as in the variable NO_PROXY
 */
public record OutgoingSettings(
        Optional<Path> ca,
        Optional<KeyFiles> client,
        Optional<Proxy> httpsProxy,
        Optional<Proxy> httpProxy,
        List<String> noProxy) {

    /** Nothing but what Java trusts, and no proxy. */
    public static final OutgoingSettings DIRECT =
            new OutgoingSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    /** Copies the list. */
    public OutgoingSettings {
        noProxy = List.copyOf(noProxy);
    }

    /**
     * A forward proxy, which is spoken to in plain HTTP.
     *
     * @param login what it asks for, if it does
     */
    public record Proxy(String host, int port, Optional<Login> login) {}

    /** A name and a password. */
    public record Login(String user, Secret password) {}
}
