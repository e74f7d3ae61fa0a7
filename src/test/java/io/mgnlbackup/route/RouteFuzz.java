package io.mgnlbackup.route;

import static io.mgnlbackup.fuzz.Fuzzed.require;

import io.mgnlbackup.access.AccessRules;
import io.mgnlbackup.access.Role;
import io.mgnlbackup.fuzz.FuzzTarget;
import io.mgnlbackup.fuzz.Fuzzed;
import io.vertx.core.http.impl.HttpUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands before the routes. */
public final class RouteFuzz {

    /** What there is, and what it needs; below a star there is something at every path. */
    private static final Map<String, Role> PLACES = Map.of(
            "/", Role.READ,
            "/list", Role.READ,
            "/events", Role.READ,
            "/dump", Role.WRITE,
            "/cache", Role.WRITE,
            "/metrics", Role.METRICS,
            "/assets/page.css", Role.READ,
            "/bundle*", Role.READ,
            "/files/*", Role.READ);

    private RouteFuzz() {}

    /** The targets by name. */
    public static Map<String, FuzzTarget> targets() {
        return Map.of("same-site", RouteFuzz::sameSite, "routed-path", RouteFuzz::routed);
    }

    /**
     * No spelling of a path that the router takes anywhere needs less than the plain path of that place. The router looks at the normalized
     * path, and takes it with a slash behind it, too.
     */
    static void routed(byte[] input) {
        String path = "/" + Fuzzed.text(input).replaceAll("[\\p{Cntrl} ?#]", "");
        String normalized;
        try {
            normalized = HttpUtils.normalizePath(path);
        } catch (IllegalArgumentException e) {
            return; // 400
        }
        Optional<Role> needed = AccessRules.of(path, normalized, Set.of()).role();
        for (Map.Entry<String, Role> place : PLACES.entrySet()) {
            String plain = place.getKey();
            boolean below = plain.endsWith("*") && normalized.startsWith(plain.substring(0, plain.length() - 1));
            if (below || normalized.equals(plain) || normalized.equals(plain + "/")) {
                boolean enough = needed.equals(Optional.of(place.getValue())) || needed.equals(Optional.of(Role.ADMIN));
                require(enough, "no less", path, normalized, plain, needed);
            }
        }
        boolean health = normalized.startsWith("/health/");
        require(needed.isPresent() || health, "only health is open", path, normalized);
    }

    /** Headers of an input, a line each; what a browser sends for another site is never let through. */
    static void sameSite(byte[] input) {
        List<String> lines = Fuzzed.lines(input, 2);
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.get(1).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        boolean allowed = SameSite.allows(name -> headers.get(name.toLowerCase(Locale.ROOT)), lines.get(0));
        String site = headers.getOrDefault("sec-fetch-site", "");
        require(!allowed || (!site.equals("cross-site") && !site.equals("same-site")), "another site", headers);
        String origin = headers.getOrDefault("origin", "");
        boolean other = !origin.isEmpty()
                && site.isEmpty()
                && !origin.toLowerCase(Locale.ROOT).contains(lines.get(0).toLowerCase(Locale.ROOT));
        require(!allowed || !other, "another origin", headers, lines.get(0));
    }
}
