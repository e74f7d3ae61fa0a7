package io.mgnlbackup.outgoing;

import io.mgnlbackup.config.OutgoingSettings;
import io.mgnlbackup.config.OutgoingSettings.Login;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URL;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a proxy, and nobody else, the name and the password that it asks for; once for each request, so that wrong ones come to an end. */
final class ProxyLogin extends Authenticator {

    private static final ThreadLocal<@Nullable URL> TOLD = new ThreadLocal<>();

    private final OutgoingSettings settings;

    ProxyLogin(OutgoingSettings settings) {
        this.settings = settings;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same request, not one for the same thing
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY || getRequestingURL() == TOLD.get()) {
            return null;
        }
        TOLD.set(getRequestingURL());
        return login().map(login -> new PasswordAuthentication(
                        login.user(), login.password().value().toCharArray()))
                .orElse(null);
    }

    private Optional<Login> login() {
        return Stream.of(settings.httpsProxy(), settings.httpProxy())
                .flatMap(Optional::stream)
                .filter(proxy ->
                        proxy.host().equalsIgnoreCase(getRequestingHost()) && proxy.port() == getRequestingPort())
                .flatMap(proxy -> proxy.login().stream())
                .findFirst();
    }
}
