package io.mgnlbackup.config;

/**
 * A listen address.
 *
 * @param host empty for every interface; an IPv6 address without its brackets
 * @param port 0 to {@value #MAX_PORT}
 */
record Address(String host, int port) {

    static final int MAX_PORT = 65_535;

    /** Reads {@code host:port}, {@code :port} or {@code [::1]:port}. */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new Rejected("no port in it");
        }
        return new Address(host(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    private static String host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            String inside = text.substring(1, text.length() - 1);
            if (inside.matches("[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?") && inside.contains(":")) {
                return inside;
            }
            throw new Rejected("no IPv6 address between the brackets");
        }
        if (text.contains(":")) {
            throw new Rejected("an IPv6 address needs brackets, such as [::1]:9999");
        }
        if (!text.matches("[A-Za-z0-9._-]*")) {
            throw new Rejected("not a host name");
        }
        return text;
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > MAX_PORT) {
            throw new Rejected("the port is not a number from 0 to " + MAX_PORT);
        }
        return Integer.parseInt(text);
    }
}
