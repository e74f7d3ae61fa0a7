package io.mgnlbackup.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Reads the address of a service: {@code host}, {@code host:port} or a URL. */
final class ServiceUrl {

    private ServiceUrl() {}

    /** The URL of an endpoint; the scheme counts only where the text has none. */
    static URI endpoint(String text, String scheme) {
        return parse(text.contains("://") ? text : scheme + "://" + text);
    }

    /** A URL with http or https, a host, maybe a port and a path; a slash at its end is dropped. */
    static URI parse(String text) {
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new Rejected("it does not start with http:// or https://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new Rejected("it holds a user name or password");
        }
        if (uri.getHost() == null) {
            throw new Rejected("no host name in it; letters, digits, dots and hyphens make one");
        }
        if (uri.getPort() == 0 || uri.getPort() > Address.MAX_PORT) {
            throw new Rejected("the port is not between 1 and " + Address.MAX_PORT);
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new Rejected("it has a query or fragment");
        }
        return URI.create(scheme + "://" + uri.getRawAuthority() + withoutSlash(uri.getRawPath()));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Rejected("not a URL");
        }
    }

    private static String withoutSlash(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
