package io.mgnlbackup.route;

import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sidecar's own page, and programs, from pages of other sites that make a browser ask for something (W3C, "Fetch Metadata
 * Request Headers"). Browsers that do not send Sec-Fetch-Site send Origin with what is not a plain GET.
 */
final class SameSite {

    /** What the name of every browser, and of hardly anything else, begins with. */
    private static final String BROWSER = "Mozilla/";

    private SameSite() {}

    /**
     * Whether a request that changes something may go on.
     *
     * @param header gives the value of a header, or null
     * @param host under which name the client reaches us, with the port if it is not the scheme's; null if it does not say
     */
    static boolean allows(Function<String, @Nullable String> header, @Nullable String host) {
        String site = header.apply("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = header.apply("Origin");
        if (origin != null) {
            return isOf(origin, host);
        }
        // Over plain HTTP a browser says neither when a page of any site has an image or a link of our address.
        String agent = header.apply("User-Agent");
        return agent == null || !agent.startsWith(BROWSER);
    }

    /**
     * Whether a request that changes nothing may go on: what another site embeds, or fetches, could only be a way to spy or to keep us busy.
     * A link on its page, which leads here, is fine.
     *
     * @param header gives the value of a header, or null
     */
    static boolean allowsReading(Function<String, @Nullable String> header) {
        String site = header.apply("Sec-Fetch-Site");
        boolean elsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
        return !elsewhere
                || ("navigate".equals(header.apply("Sec-Fetch-Mode"))
                        && "document".equals(header.apply("Sec-Fetch-Dest")));
    }

    private static boolean isOf(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
